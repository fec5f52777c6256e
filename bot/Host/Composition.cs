using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Sources;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Announcements;
using PatchBot.Core.Approvals;
using PatchBot.Core.Audit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Conversation.Overviews;
using PatchBot.Core.Delivery;
using PatchBot.Core.Delivery.Stops;
using PatchBot.Core.Exports;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Retention;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Workspaces;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Host.Demo;
using PatchBot.Host.Health;
using PatchBot.Host.Settings;
using PatchBot.Host.Sources;

namespace PatchBot.Host;

/// <summary>Who is who: the one place that knows every floor.</summary>
internal static class Composition
{
    public static IServiceCollection AddPatchBot(this IServiceCollection services, PatchBotSettings settings, TimeProvider clock)
    {
        settings.AddTo(services);
        services
            .AddSingleton(clock)
            .AddDatabase()
            .AddPatchSources()
            .AddRules();
        if (settings.ServesTeams)
        {
            services.AddTeams();
        }

        if (settings.ServesSlack)
        {
            services.AddSlack();
        }

        return settings.ServesWebChat ? services.AddWebChat().AddSingleton<ChannelSeed>() : services;
    }

    /// <summary>What runs beside the web server: delivery, what falls due, and the sources' polls, over a record that is watched.</summary>
    public static IServiceCollection AddServing(this IServiceCollection services) => services
        .AddSingleton(provider => new WatchedRecord(
            ActivatorUtilities.CreateInstance<Database>(provider),
            provider.GetRequiredService<ISqlEngine>().CloseIdle,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WatchedRecord>>()))
        .AddSingleton<IRecord>(provider => provider.GetRequiredService<WatchedRecord>())
        .AddSingleton<BackgroundService, Recovery>()
        .AddSingleton<BackgroundService, DeliveryWorker>()
        .AddSingleton<BackgroundService, DueWorker>()
        .AddSingleton<BackgroundService, StopNoticeWorker>()
        .AddSingleton<BackgroundService, FeedWorker>()
        .AddSingleton<BackgroundService, RetentionWorker>()
        .AddSingleton<Opening>()
        .AddSingleton<Readiness>()
        .AddHostedService(provider => provider.GetRequiredService<Opening>());

    private static IServiceCollection AddRules(this IServiceCollection services) => services
        .AddSingleton<IRoles, SettingsRoles>()
        .AddSingleton<DependencyReview>()
        .AddSingleton<DependencyIndex>()
        .AddSingleton<Prerequisites>()
        .AddSingleton<LabDesk>()
        .AddSingleton<Announcer>()
        .AddSingleton<RolloutSituations>()
        .AddSingleton<RolloutProposals>()
        .AddSingleton<SuggestionPreview>()
        .AddSingleton<RolloutReview>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<PatchIntake>()
        .AddSingleton<DueWork>()
        .AddSingleton<AuditVerifier>()
        .AddSingleton<Exporter>()
        .AddSingleton<Purge>()
        .AddSingleton<ICardSource, PatchCard>()
        .AddSingleton<ICardSource, AnnouncementCard>()
        .AddSingleton<ICardSource, LabReportCard>()
        .AddSingleton<ICardSource, WelcomeCard>()
        .AddSingleton<ICardSource, StopCard>()
        .AddSingleton<ICardSource, LinkCard>()
        .AddSingleton<IdentityLinks>()
        .AddSingleton<LinkDesk>()
        .AddSingleton<WorkspaceDesk>()
        .AddSingleton<InstallStates>()
        .AddSingleton<ChannelDesk>()
        .AddSingleton<StopNotices>()
        .AddSingleton<RightOfWay>()
        .AddSingleton<Deliverer>()
        .AddSingleton<IDelivery>(provider => provider.GetRequiredService<Deliverer>())
        .AddSingleton<DecisionTalk>()
        .AddSingleton<FollowTalk>()
        .AddSingleton<Waiting>()
        .AddSingleton<HomeCard>()
        .AddSingleton<IHome>(provider => provider.GetRequiredService<HomeCard>())
        .AddSingleton<OverviewTalk>()
        .AddSingleton<LabTalk>()
        .AddSingleton<LinkTalk>()
        .AddSingleton<ExportTalk>()
        .AddSingleton<ChannelTalk>()
        .AddSingleton<PrerequisiteTalk>()
        .AddSingleton<IConversation, Conversation>()
        .AddSingleton<IDemo, DemoPlayer>();
}
