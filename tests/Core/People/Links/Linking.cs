using System.Text.RegularExpressions;
using PatchBot.Core.Conversation;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.People.Links;

/// <summary>Two identities on their way to become one human's.</summary>
internal static partial class Linking
{
    extension(Chat chat)
    {
        /// <summary>Begins on one side.</summary>
        /// <returns>The first code.</returns>
        public async Task<string> BeginAsync(Person by) => CodeIn(await chat.WhisperAsync(by, "link"));

        /// <summary>Says the first code on the other side.</summary>
        /// <returns>The second code.</returns>
        public async Task<string> AnswerAsync(Person by, string code) => CodeIn(await chat.WhisperAsync(by, $"link {code}"));

        public async Task LinkAsync(Person one, Person other)
        {
            var second = await chat.AnswerAsync(other, await chat.BeginAsync(one));
            Assert.StartsWith("Linked:", Chat.Text(await chat.WhisperAsync(one, $"link {second}")), StringComparison.Ordinal);
        }

        public async Task<IReadOnlyList<PersonId>> IdentitiesAsync(Person person) =>
            (await chat.ReadAsync(session => session.Links.HumanAsync(person.Id, Some.Token))).Identities;

        public async Task<IReadOnlyList<string>> ActionsAsync(string prefix) =>
            [.. (await chat.ReadAsync(session => session.Audit.ReadFromAsync(1, 1_000, Some.Token)))
                .Where(entry => entry.Event.Action.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => $"{entry.Event.Action} {entry.Event.Subject} by {entry.Event.Actor}")];
    }

    public static string CodeIn(Answer answer) => Code().Match(Chat.Text(answer)) is { Success: true } found
        ? found.Groups[1].Value
        : throw new InvalidOperationException($"There is no code in: {Chat.Text(answer)}");

    [GeneratedRegex("link ([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})")]
    private static partial Regex Code();
}
