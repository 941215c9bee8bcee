using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Tests.Commands;

/// <summary>A command whose work a test gives; collections managers may run it.</summary>
internal sealed record Probe<T>(
    Guid Id,
    Func<CommandContext, CancellationToken, Task<Result<T>>> Work,
    string EntityType = "task"
) : ICommand<T>
{
    public string AllowedRoles => Roles.CollectionsManagers;

    public CommandTarget Target => new(EntityType, Id, "probe");

    public Task<Result<T>> RunAsync(CommandContext context, CancellationToken cancellationToken) =>
        Work(context, cancellationToken);
}

internal static class Actors
{
    public static Actor Manager { get; } = Operator(Roles.CollectionsManager);

    public static Actor Officer { get; } = Operator(Roles.ComplianceOfficer);

    public static Actor Operator(string role, Guid? id = null) =>
        new(
            ActorType.User,
            (id ?? Guid.CreateVersion7()).ToString(),
            "Maria Silva",
            new HashSet<string>(StringComparer.Ordinal) { role },
            System.Net.IPAddress.Parse("203.0.113.7"),
            "Probe/1.0"
        );
}
