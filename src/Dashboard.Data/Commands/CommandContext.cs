using Dashboard.Data.Compliance;
using Dashboard.Domain.Customers;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Dashboard.Data.Commands;

/// <summary>What a running command has at hand.</summary>
/// <param name="Db">A context inside the command's transaction.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="Now">The instant of the command, UTC.</param>
/// <param name="Audit">Rows for changes the context does not see (set-based SQL).</param>
public sealed record CommandContext(DashboardDb Db, Actor Actor, DateTime Now, AuditTrail Audit)
{
    /// <summary>The clock, for what happens after a command has waited for others.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The command's transaction, for parts that speak to PostgreSQL themselves.</summary>
    public NpgsqlTransaction Transaction =>
        (NpgsqlTransaction)(
            Db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("A command runs inside a transaction.")
        );

    private readonly HashSet<object> _expected = new(ReferenceEqualityComparer.Instance);

    /// <summary>The settings a command has to obey whoever runs it.</summary>
    public ComplianceOptions Compliance { get; init; } = new();

    /// <summary>
    /// Says which version of <paramref name="entity"/> the operator saw (its <c>UpdatedAt</c>). When the row was
    /// changed since, saving fails and <see cref="CommandRunner"/> answers a conflict that shows what changed meanwhile.
    /// </summary>
    public void ExpectUnchanged(object entity, DateTime seenUpdatedAt)
    {
        var version = Db.Entry(entity).Property(nameof(Customer.UpdatedAt));
        version.OriginalValue = seenUpdatedAt;
        version.CurrentValue = seenUpdatedAt;
        version.IsModified = false;
        _expected.Add(entity);
    }

    /// <summary>True when the operator's version of <paramref name="entity"/> was named.</summary>
    internal bool IsExpected(object entity) => _expected.Contains(entity);
}
