namespace Dashboard.Data.Commands;

/// <summary>What a running command has at hand.</summary>
/// <param name="Db">A context inside the command's transaction.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="Now">The instant of the command, UTC.</param>
/// <param name="Audit">Rows for changes the context does not see (set-based SQL).</param>
public sealed record CommandContext(DashboardDb Db, Actor Actor, DateTime Now, AuditTrail Audit);
