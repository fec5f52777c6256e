using System.Reflection;
using PatchBot.Db;
using PatchBot.Db.Engines;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>A statement of a store, from the class <c>Sql</c> at the store's foot.</summary>
public sealed record StoreStatement(string Name, Func<ISqlDialect, string> In)
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly;

    /// <summary>Written for both engines, and run by the bot.</summary>
    public static IReadOnlyList<StoreStatement> Shared { get; } =
        [.. Find(owner => owner.Namespace is not ("PatchBot.Db.Engines" or "PatchBot.Db.Transfer"))];

    /// <summary>Written for SQL Server alone.</summary>
    public static IReadOnlyList<StoreStatement> OfSqlServer { get; } =
        [.. Find(owner => owner.Namespace == "PatchBot.Db.Engines" && !owner.Name.StartsWith("Sqlite", StringComparison.Ordinal))];

    private static IEnumerable<StoreStatement> Find(Func<Type, bool> owners) =>
        from type in typeof(Database).Assembly.GetTypes()
        where type is { Name: "Sql", DeclaringType: { } owner } && owners(owner)
        from member in type.GetMembers(Everything)
        select member switch
        {
            FieldInfo { IsLiteral: true } constant => new StoreStatement(Named(member), _ => (string)constant.GetRawConstantValue()!),
            MethodInfo method when method.GetParameters() is [{ ParameterType: var only }] && only == typeof(ISqlDialect) =>
                new StoreStatement(Named(member), dialect => (string)method.Invoke(null, [dialect])!),
            _ => throw new InvalidOperationException($"{Named(member)} is neither a constant nor a method of a dialect, so its SQL goes unchecked."),
        };

    private static string Named(MemberInfo member) => $"{member.DeclaringType!.DeclaringType!.Name}.{member.Name}";
}
