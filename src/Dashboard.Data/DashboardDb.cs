using Dashboard.Data.Audit;
using Dashboard.Data.Campaigns;
using Dashboard.Data.Compliance;
using Dashboard.Data.Contacts;
using Dashboard.Data.Customers;
using Dashboard.Data.Mapping;
using Dashboard.Data.Operators;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Metrics;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;
using Dashboard.Domain.Templates;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data;

/// <summary>The whole database: <c>public</c> as schema.md has it, <c>ops</c> for what the product adds.</summary>
/// <remarks>
/// In <c>ops</c>: who may sign in (<c>users</c>, <c>roles</c> and Identity's tables around them, <c>data_protection_keys</c>, <c>setup_tokens</c>),
/// API keys (<c>api_keys</c>), what the engine keeps (<c>campaign_schedule</c>, <c>simulated_messages</c>), what compliance needs (<c>rule_*</c>,
/// <c>gate_refusals</c>, <c>approval_requests</c>, <c>inbound_contacts</c>, <c>contact_preferences</c>, <c>consents</c>,
/// <c>contact_fact_history</c>, <c>proof_runs</c>, <c>audit_seals</c>, <c>sealed_audit_rows</c>), imports (<c>import_*</c>), which rows are demo data (<c>demo_entities</c>), and EF Core's history. Rows there may refer to
/// <c>public</c> and go with it (<c>ON DELETE CASCADE</c>); nothing in <c>public</c> refers to <c>ops</c>, so the twelve tables can
/// be read, copied and restored without it. Every table of both schemas, as it is: <c>migrations/schema.sql</c>.
/// </remarks>
public sealed class DashboardDb(DbContextOptions<DashboardDb> options)
    : IdentityDbContext<OperatorUser, IdentityRole<Guid>, Guid>(options)
{
    /// <summary>The schema of everything schema.md does not have.</summary>
    public const string OpsSchema = "ops";

    /// <summary>customers.</summary>
    public DbSet<Customer> Customers => Set<Customer>();

    /// <summary>customer_profiles.</summary>
    public DbSet<CustomerProfile> CustomerProfiles => Set<CustomerProfile>();

    /// <summary>payment_records.</summary>
    public DbSet<PaymentRecord> PaymentRecords => Set<PaymentRecord>();

    /// <summary>agents.</summary>
    public DbSet<Agent> Agents => Set<Agent>();

    /// <summary>campaigns.</summary>
    public DbSet<Campaign> Campaigns => Set<Campaign>();

    /// <summary>tasks.</summary>
    public DbSet<AgentTask> Tasks => Set<AgentTask>();

    /// <summary>contact_attempts.</summary>
    public DbSet<ContactAttempt> ContactAttempts => Set<ContactAttempt>();

    /// <summary>templates.</summary>
    public DbSet<Template> Templates => Set<Template>();

    /// <summary>audit_logs.</summary>
    public DbSet<AuditLog> AuditLogs => Set<AuditLog>();

    /// <summary>opt_outs.</summary>
    public DbSet<OptOut> OptOuts => Set<OptOut>();

    /// <summary>compliance_rules.</summary>
    public DbSet<ComplianceRule> ComplianceRules => Set<ComplianceRule>();

    /// <summary>system_metrics.</summary>
    public DbSet<SystemMetric> SystemMetrics => Set<SystemMetric>();

    /// <summary>ops.campaign_schedule.</summary>
    public DbSet<CampaignSchedule> CampaignSchedules => Set<CampaignSchedule>();

    /// <summary>ops.approval_requests.</summary>
    public DbSet<ApprovalRequest> ApprovalRequests => Set<ApprovalRequest>();

    /// <summary>ops.rule_versions.</summary>
    public DbSet<RuleVersion> RuleVersions => Set<RuleVersion>();

    /// <summary>ops.rule_settings.</summary>
    public DbSet<RuleSetting> RuleSettings => Set<RuleSetting>();

    /// <summary>ops.rule_changes.</summary>
    public DbSet<RuleChange> RuleChanges => Set<RuleChange>();

    /// <summary>ops.rule_tallies.</summary>
    public DbSet<RuleTally> RuleTallies => Set<RuleTally>();

    /// <summary>ops.gate_refusals.</summary>
    public DbSet<GateRefusal> GateRefusals => Set<GateRefusal>();

    /// <summary>ops.proof_runs.</summary>
    public DbSet<ProofRun> ProofRuns => Set<ProofRun>();

    /// <summary>ops.audit_seals.</summary>
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    /// <summary>ops.sealed_audit_rows.</summary>
    public DbSet<SealedAuditRow> SealedAuditRows => Set<SealedAuditRow>();

    /// <summary>ops.inbound_contacts.</summary>
    public DbSet<InboundContact> InboundContacts => Set<InboundContact>();

    /// <summary>ops.contact_preferences.</summary>
    public DbSet<ContactPreferences> ContactPreferences => Set<ContactPreferences>();

    /// <summary>ops.consents.</summary>
    public DbSet<Consent> Consents => Set<Consent>();

    /// <summary>ops.contact_fact_history.</summary>
    public DbSet<ContactFactHistory> ContactFactHistory => Set<ContactFactHistory>();

    /// <summary>ops.api_keys.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>ops.simulated_messages.</summary>
    public DbSet<SimulatedMessage> SimulatedMessages => Set<SimulatedMessage>();

    /// <summary>ops.data_protection_keys.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>ops.setup_tokens.</summary>
    public DbSet<SetupToken> SetupTokens => Set<SetupToken>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder
            .Properties<DateTime>()
            .HaveColumnType("timestamp without time zone")
            .HaveConversion<UtcDateTimeConverter>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        OperatorTables.Configure(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(DashboardDb).Assembly);
        builder.UseSchemaNames();
    }
}
