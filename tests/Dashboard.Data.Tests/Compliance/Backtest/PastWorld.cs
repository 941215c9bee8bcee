using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Backtest;
using Dashboard.Data.Hosting;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Backtest;

/// <summary>A past made by hand: one customer in New York with an invoice and a campaign, and what happened to it.</summary>
internal sealed class PastWorld(TestDatabase db) : IDisposable
{
    private readonly List<object> _rows = [];
    private readonly Agent _agent = Some.Agent();
    private int _steps;

    /// <summary>Monday 1 June 2026, 14:00 UTC: 10:00 in New York.</summary>
    public static DateTime Start { get; } = new(2026, 6, 1, 14, 0, 0, DateTimeKind.Utc);

    public Customer Customer { get; private set; } = null!;

    public PaymentRecord Invoice { get; private set; } = null!;

    public Campaign Campaign { get; private set; } = null!;

    public BacktestRunner Runner { get; } =
        new(new ReadDatabase(db.DataSource), TimeProvider.System);

    /// <summary>An empty database but for a customer.</summary>
    public static async Task<PastWorld> CreateAsync(
        TestDatabase db,
        string? timezone = "America/New_York"
    )
    {
        await db.DataSource.ExecuteAsync(
            "TRUNCATE customers, agents, compliance_rules, ops.rule_versions, ops.contact_fact_history CASCADE"
        );
        var world = new PastWorld(db);
        await db.AddAsync(world._agent);
        world.AddCustomer(timezone);
        return world;
    }

    /// <summary>Goes on with another customer.</summary>
    public void AddCustomer(
        string? timezone = "America/New_York",
        string campaign = "Friendly chase"
    )
    {
        Customer = Some.Customer();
        Invoice = Some.Invoice(Customer);
        Campaign = Some.Campaign(Customer, Invoice, c => c.Name = campaign);
        _rows.AddRange(
            Customer,
            Some.Profile(Customer, p => p.Timezone = timezone),
            Invoice,
            Campaign
        );
    }

    public void Add(object row) => _rows.Add(row);

    /// <summary>A contact so many hours after <see cref="Start"/>, about the customer's invoice.</summary>
    public ContactAttempt Contact(
        double hours,
        Channel channel = Channel.Phone,
        ContactStatus status = ContactStatus.Sent,
        AgentTask? task = null,
        Action<ContactAttempt>? with = null
    )
    {
        task ??= Task();
        var attempt = Some.Attempt(
            task,
            _agent,
            a =>
            {
                a.Channel = channel;
                a.Status = status;
                a.Timestamp = Start.AddHours(hours);
                a.Metadata!.Clearance = JsonSerializer.SerializeToElement(
                    new { debts = new[] { Invoice.Id } }
                );
                with?.Invoke(a);
            }
        );
        _rows.Add(attempt);
        return attempt;
    }

    public AgentTask Task()
    {
        _steps++;
        var task = Some.Task(
            Customer,
            Campaign,
            t =>
            {
                t.Status = AgentTaskStatus.Completed;
                t.Context.StepNumber = _steps;
            }
        );
        _rows.Add(task);
        return task;
    }

    /// <summary>A refusal with the findings that did not allow.</summary>
    public GateRefusal Refusal(
        double hours,
        AgentTask? task = null,
        Channel channel = Channel.Phone,
        params Finding[] findings
    )
    {
        var binding = findings.MaxBy(f => f.Verdict)!;
        var refusal = new GateRefusal
        {
            Id = Guid.CreateVersion7(),
            TaskId = (task ?? Task()).Id,
            CustomerId = Customer.Id,
            CampaignId = Campaign.Id,
            Channel = channel,
            At = Start.AddHours(hours),
            Verdict = binding.Verdict,
            NextAllowedAt = binding.NextAllowedAt,
            RuleId = binding.RuleId,
            Rule = binding.Rule,
            Explanation = binding.Explanation,
            Debts = [Invoice.Id],
            Findings = JsonSerializer.SerializeToElement(findings, JsonShape.Options),
        };
        _rows.Add(refusal);
        return refusal;
    }

    /// <summary>Blocked for a day.</summary>
    public static Finding Blocked(ComplianceRule rule, double hours = 0) =>
        new(
            rule.Id,
            rule.Name,
            "frequency",
            RuleAction.BlockContact,
            GateVerdict.Blocked,
            Start.AddHours(hours + 24),
            "1 of 1 calls",
            new Dictionary<string, string>(StringComparer.Ordinal),
            rule.UpdatedAt
        );

    public async Task SaveAsync()
    {
        await db.AddAsync([.. _rows]);
        _rows.Clear();
    }

    /// <summary>Saves what is not yet and replays 30 days from <see cref="Start"/>.</summary>
    public async Task<BacktestReport> RunAsync(RuleDraft draft, double fromHours = 0)
    {
        await SaveAsync();
        var result = await Runner.RunAsync(
            new BacktestRequest(draft, Start.AddHours(fromHours), Start.AddDays(30)),
            cancellationToken: TestContext.Current.CancellationToken
        );
        return result.Value;
    }

    /// <summary>A draft of a new rule, or of a change of one.</summary>
    public static RuleDraft Draft(
        string condition,
        RuleAction action = RuleAction.BlockContact,
        ComplianceRule? changes = null
    ) =>
        new()
        {
            RuleId = changes?.Id,
            BasedOn = changes?.UpdatedAt,
            Name = "Draft",
            RuleType = "frequency_limit",
            Condition = Json(condition),
            Action = action,
        };

    /// <summary>At most so many calls in 24 hours.</summary>
    public static string Daily(int max) =>
        $$$"""{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":{{{max}}},"period":{"type":"rolling_hours","hours":24},"per":"customer","count_statuses":["sent","delivered","answered"]}""";

    public static ComplianceRule Rule(string condition) =>
        Some.Rule(r => r.Condition = Json(condition));

    public static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    public void Dispose() => Runner.Dispose();
}
