namespace Dashboard.Data.Operators;

/// <summary>What an API key may do (contracts.md, "HTTP API"). Every key may read; a scope adds the commands of one role.</summary>
public static class ApiScopes
{
    /// <summary>Everything an administrator may.</summary>
    public const string All = "all";

    /// <summary>Read only; evaluating without effect included.</summary>
    public const string Read = "read";

    /// <summary>What a collections manager may: customers, invoices, campaigns, opt-outs.</summary>
    public const string Collections = "collections";

    /// <summary>What a compliance officer may: rules, opt-outs, approvals, backtests, the audit log.</summary>
    public const string Compliance = "compliance";

    /// <summary>What a supervisor may, and what an external agent does: claim, start, complete.</summary>
    public const string Agents = "agents";

    private static readonly Dictionary<string, string?> s_roles = new(StringComparer.Ordinal)
    {
        [All] = Roles.Administrator,
        [Read] = null,
        [Collections] = Roles.CollectionsManager,
        [Compliance] = Roles.ComplianceOfficer,
        [Agents] = Roles.Supervisor,
    };

    /// <summary>Every scope, in the order shown.</summary>
    public static IReadOnlyCollection<string> Names => s_roles.Keys;

    /// <summary>The roles that commands see.</summary>
    public static IEnumerable<string> RolesOf(IEnumerable<string> scopes) =>
        scopes.Select(s => s_roles.GetValueOrDefault(s)).OfType<string>();
}
