using System.Globalization;

namespace PatchBot.Benchmarks.Posts;

/// <summary>What a run of posts was asked for, as <c>--name number</c> pairs over what it is without them.</summary>
internal sealed class PostWishes
{
    private readonly Dictionary<string, double> numbers;

    private PostWishes(Dictionary<string, double> numbers) => this.numbers = numbers;

    public double this[string name] => numbers[name];

    /// <returns><see langword="null"/> after saying how to ask.</returns>
    public static async Task<PostWishes?> ReadAsync(string command, string[] wishes, params (string Name, double Number)[] known)
    {
        var numbers = known.ToDictionary(wish => wish.Name, wish => wish.Number);
        for (var at = 0; at < wishes.Length; at += 2)
        {
            var name = wishes[at].StartsWith("--", StringComparison.Ordinal) ? wishes[at][2..] : "";
            if (at + 1 == wishes.Length || !numbers.ContainsKey(name) || !double.TryParse(wishes[at + 1], CultureInfo.InvariantCulture, out var number) || number < 0)
            {
                await Console.Error.WriteLineAsync($"Use: {command} {string.Join(' ', known.Select(wish => string.Create(CultureInfo.InvariantCulture, $"[--{wish.Name} {wish.Number}]")))}");
                return null;
            }

            numbers[name] = number;
        }

        return new PostWishes(numbers);
    }
}
