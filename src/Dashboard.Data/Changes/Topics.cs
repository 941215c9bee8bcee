namespace Dashboard.Data.Changes;

/// <summary>The tables whose changes are fed.</summary>
public static class Topics
{
    /// <summary>customers.</summary>
    public const string Customers = "customers";

    /// <summary>customer_profiles.</summary>
    public const string CustomerProfiles = "customer_profiles";

    /// <summary>payment_records.</summary>
    public const string PaymentRecords = "payment_records";

    /// <summary>agents.</summary>
    public const string Agents = "agents";

    /// <summary>campaigns.</summary>
    public const string Campaigns = "campaigns";

    /// <summary>tasks.</summary>
    public const string Tasks = "tasks";

    /// <summary>contact_attempts.</summary>
    public const string ContactAttempts = "contact_attempts";

    /// <summary>templates.</summary>
    public const string Templates = "templates";

    /// <summary>audit_logs.</summary>
    public const string AuditLogs = "audit_logs";

    /// <summary>opt_outs.</summary>
    public const string OptOuts = "opt_outs";

    /// <summary>compliance_rules.</summary>
    public const string ComplianceRules = "compliance_rules";

    /// <summary>ops.approval_requests.</summary>
    public const string ApprovalRequests = "approval_requests";

    /// <summary>ops.rule_settings.</summary>
    public const string RuleSettings = "rule_settings";

    /// <summary>ops.rule_changes.</summary>
    public const string RuleChanges = "rule_changes";

    /// <summary>ops.proof_runs.</summary>
    public const string ProofRuns = "proof_runs";

    /// <summary>ops.inbound_contacts.</summary>
    public const string InboundContacts = "inbound_contacts";

    /// <summary>ops.contact_preferences.</summary>
    public const string ContactPreferences = "contact_preferences";

    /// <summary>ops.consents.</summary>
    public const string Consents = "consents";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Customers,
        CustomerProfiles,
        PaymentRecords,
        Agents,
        Campaigns,
        Tasks,
        ContactAttempts,
        Templates,
        AuditLogs,
        OptOuts,
        ComplianceRules,
        ApprovalRequests,
        RuleSettings,
        RuleChanges,
        ProofRuns,
        InboundContacts,
        ContactPreferences,
        Consents,
    ];
}
