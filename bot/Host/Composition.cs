using PatchBot.Adapters.Sources;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Announcements;
using PatchBot.Core.Approvals;
using PatchBot.Core.Audit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.People;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;
using PatchBot.Db;
using PatchBot.Host.Demo;
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
        return settings.ServesWebChat ? services.AddWebChat().AddSingleton<ChannelSeed>() : services;
    }

    /// <summary>What runs beside the web server: delivery, what falls due, and the sources' polls.</summary>
    public static IServiceCollection AddWorkers(this IServiceCollection services, PatchBotSettings settings) =>
        (settings.ServesWebChat ? services.AddHostedService(provider => provider.GetRequiredService<ChannelSeed>()) : services)
        .AddHostedService<DeliveryWorker>()
        .AddHostedService<DueWorker>()
        .AddHostedService<FeedWorker>();

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
        .AddSingleton<ICardSource, PatchCard>()
        .AddSingleton<ICardSource, AnnouncementCard>()
        .AddSingleton<ICardSource, LabReportCard>()
        .AddSingleton<Deliverer>()
        .AddSingleton<IDelivery>(provider => provider.GetRequiredService<Deliverer>())
        .AddSingleton<DecisionTalk>()
        .AddSingleton<FollowTalk>()
        .AddSingleton<OverviewTalk>()
        .AddSingleton<LabTalk>()
        .AddSingleton<PrerequisiteTalk>()
        .AddSingleton<IConversation, Conversation>()
        .AddSingleton<IDemo, DemoPlayer>();
}
