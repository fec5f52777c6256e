using System.Data;
using PatchBot.Db.Transfer;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.Transfer;

/// <summary>What one engine hands out, as the other takes it.</summary>
public sealed class CopiedColumnTests
{
    public static TheoryData<string, object, object?> Values => new()
    {
        { "bit", 1L, true },
        { "bit", 0L, false },
        { "INTEGER", true, 1L },
        { "INTEGER", 7, 7L },
        { "int", 7L, 7 },
        { "bigint", long.MaxValue, long.MaxValue },
        { "decimal", 8.8, 8.8m },
        { "REAL", 8.8m, 8.8 },
        { "datetimeoffset", "2026-11-10T12:00:00.000Z", Some.Noon },
        { "datetimeoffset", Some.Noon.ToOffset(TimeSpan.FromHours(2)), Some.Noon },
        { "TEXT", Some.Noon.ToOffset(TimeSpan.FromHours(2)), "2026-11-10T12:00:00.000Z" },
        { "nvarchar", "監視 ", "監視 " },
        { "nvarchar", DBNull.Value, null },
    };

    [Theory, MemberData(nameof(Values))]
    public void Given_a_value_of_either_engine_then_it_is_taken_in_the_columns_own_kind(string type, object value, object? taken) =>
        Assert.Equal(taken, CopiedColumn.Of("x", type, null).Take(value, "patch").Value);

    [Fact]
    public void Given_a_text_longer_than_its_column_then_it_is_refused_and_never_cut()
    {
        var column = CopiedColumn.Of("host", "nvarchar", 3);
        Assert.Equal("abc", column.Take("abc", "lab_result").Value);
        Assert.Contains("lab_result.host has room for 3 characters, and a row holds 4", Assert.Throws<TransferException>(() => column.Take("abcd", "lab_result")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_type_that_is_not_known_then_nothing_is_guessed() =>
        Assert.Throws<InvalidOperationException>(() => CopiedColumn.Of("x", "geography", null));

    [Fact]
    public void Given_the_longest_possible_text_then_its_parameter_has_no_size() =>
        Assert.Equal((DbType.String, 0), (CopiedColumn.Of("facts", "nvarchar", -1).Type, CopiedColumn.Of("facts", "nvarchar", -1).Size));
}
