namespace Dashboard.Data.Operators;

/// <summary>The four roles of operators. A person without one of them sees nothing.</summary>
public static class Roles
{
    /// <summary>Customers, invoices, campaigns, tasks, imports.</summary>
    public const string CollectionsManager = nameof(CollectionsManager);

    /// <summary>Rules, opt-outs, approvals, audit; may stop contacts, never start them.</summary>
    public const string ComplianceOfficer = nameof(ComplianceOfficer);

    /// <summary>Agents and the distribution of tasks.</summary>
    public const string Supervisor = nameof(Supervisor);

    /// <summary>Operators and settings; may do everything.</summary>
    public const string Administrator = nameof(Administrator);

    /// <summary>Every role, in the order shown.</summary>
    public static IReadOnlyList<string> All { get; } =
    [CollectionsManager, ComplianceOfficer, Supervisor, Administrator];

    /// <summary>Attribute value: anyone with a role may look.</summary>
    public const string AnyRole =
        $"{CollectionsManager},{ComplianceOfficer},{Supervisor},{Administrator}";

    /// <summary>Attribute value: who edits customers, invoices, campaigns and imports.</summary>
    public const string CollectionsManagers = $"{CollectionsManager},{Administrator}";

    /// <summary>Attribute value: who moves tasks between agents, retries and cancels them.</summary>
    public const string TaskManagers = $"{CollectionsManager},{Supervisor},{Administrator}";

    /// <summary>Attribute value: who may stop contacts (cancel a task, pause a campaign).</summary>
    public const string Stoppers =
        $"{CollectionsManager},{ComplianceOfficer},{Supervisor},{Administrator}";

    /// <summary>Attribute value: who pauses and drains agents.</summary>
    public const string Supervisors = $"{Supervisor},{Administrator}";

    /// <summary>Attribute value: opt-outs, do-not-contact, rules, audit.</summary>
    public const string ComplianceOfficers = $"{ComplianceOfficer},{Administrator}";

    /// <summary>Attribute value: operators and settings.</summary>
    public const string Administrators = Administrator;
}
