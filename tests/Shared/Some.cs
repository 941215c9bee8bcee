using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;
using Dashboard.Domain.Templates;

namespace Dashboard.Tests.Shared;

/// <summary>Valid rows to start a test from; <c>with</c> changes what the test is about.</summary>
public static class Some
{
    private static int _count;

    /// <summary>A Wednesday, 15:00 UTC: 11:00 in New York, where customers are.</summary>
    public static DateTime Now { get; } = new(2026, 6, 3, 15, 0, 0, DateTimeKind.Utc);

    /// <summary>A customer without a profile; e-mail unique.</summary>
    public static Customer Customer(Action<Customer>? with = null) =>
        With(
            new Customer
            {
                Id = Guid.CreateVersion7(),
                CompanyName = "Northwind Tools",
                ContactName = "Ada Field",
                Email = $"billing{Next()}@northwind.example",
                Phone = "+12125550100",
                Mobile = "+12125550101",
            },
            with
        );

    /// <summary>A profile in New York, no restrictions.</summary>
    public static CustomerProfile Profile(
        Customer customer,
        Action<CustomerProfile>? with = null
    ) =>
        With(
            new CustomerProfile
            {
                Id = Guid.CreateVersion7(),
                CustomerId = customer.Id,
                Timezone = "America/New_York",
                RiskLevel = RiskLevel.Medium,
                RiskScore = 50,
                ResponseRate = 0.5m,
                DoNotContact = false,
            },
            with
        );

    /// <summary>120.00 USD, ten days overdue.</summary>
    public static PaymentRecord Invoice(Customer customer, Action<PaymentRecord>? with = null) =>
        With(
            new PaymentRecord
            {
                Id = Guid.CreateVersion7(),
                CustomerId = customer.Id,
                Amount = 120m,
                DueDate = DateOnly.FromDateTime(Now).AddDays(-10),
                Status = PaymentStatus.Overdue,
                InvoiceNumber = $"INV-{Next():D6}",
            },
            with
        );

    /// <summary>An active campaign with one e-mail step that is due.</summary>
    public static Campaign Campaign(
        Customer customer,
        PaymentRecord? invoice = null,
        Action<Campaign>? with = null
    ) =>
        With(
            new Campaign
            {
                Id = Guid.CreateVersion7(),
                Name = "Friendly chase",
                CustomerId = customer.Id,
                PaymentRecordId = invoice?.Id,
                Status = CampaignStatus.Active,
                EscalationSteps = [Step(1)],
                StartDate = Now.AddDays(-1),
                Config = new CampaignConfig(),
            },
            with
        );

    /// <summary>A step by e-mail with the template of <see cref="Template"/>, due at once.</summary>
    public static EscalationStep Step(int number, Action<EscalationStep>? with = null) =>
        With(
            new EscalationStep
            {
                StepNumber = number,
                Channel = StepChannel.Email,
                Template = "friendly_reminder",
            },
            with
        );

    /// <summary>An idle e-mail agent, always at work, capacity 5.</summary>
    public static Agent Agent(Action<Agent>? with = null) =>
        With(
            new Agent
            {
                Id = Guid.CreateVersion7(),
                Type = AgentType.Email,
                Status = AgentStatus.Idle,
                Capabilities = [TaskType.SendEmail.ToText()],
                Config = new AgentConfig { Name = $"Mailer {Next()}", Provider = "smtp" },
                LastActiveAt = Now,
            },
            with
        );

    /// <summary>A pending e-mail task that is due.</summary>
    public static AgentTask Task(
        Customer customer,
        Campaign? campaign = null,
        Action<AgentTask>? with = null
    ) =>
        With(
            new AgentTask
            {
                Id = Guid.CreateVersion7(),
                Type = TaskType.SendEmail,
                Priority = TaskPriority.Medium,
                CustomerId = customer.Id,
                CampaignId = campaign?.Id,
                PaymentRecordId = campaign?.PaymentRecordId,
                Status = AgentTaskStatus.Pending,
                DueAt = Now.AddMinutes(-1),
                Context = new TaskContext
                {
                    StepNumber = campaign is null ? null : 1,
                    Channel = StepChannel.Email,
                    Template = "friendly_reminder",
                },
            },
            with
        );

    /// <summary>An e-mail that was sent a day ago.</summary>
    public static ContactAttempt Attempt(
        AgentTask task,
        Agent agent,
        Action<ContactAttempt>? with = null
    ) =>
        With(
            new ContactAttempt
            {
                Id = Guid.CreateVersion7(),
                TaskId = task.Id,
                AgentId = agent.Id,
                CustomerId = task.CustomerId,
                CampaignId = task.CampaignId,
                Channel = Channel.Email,
                Status = ContactStatus.Sent,
                Timestamp = Now.AddDays(-1),
                Metadata = new ContactMetadata { Delivery = Delivery.Accepted },
            },
            with
        );

    /// <summary>The e-mail template <c>friendly_reminder</c>; its name is unique, so one per database.</summary>
    public static Template Template(Action<Template>? with = null) =>
        With(
            new Template
            {
                Id = Guid.CreateVersion7(),
                Name = "friendly_reminder",
                Type = TemplateType.Email,
                Channel = Channel.Email,
                Subject = "Invoice reminder",
                Content = "Hello, an invoice is overdue.",
                Category = "reminder",
            },
            with
        );

    /// <summary>Contact by any channel only from 08:00 to 21:00 at the customer.</summary>
    public static ComplianceRule Rule(Action<ComplianceRule>? with = null) =>
        With(
            new ComplianceRule
            {
                Id = Guid.CreateVersion7(),
                Name = $"Rule {Next()}",
                RuleType = "time_restriction",
                Condition = JsonSerializer.Deserialize<JsonElement>(
                    """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}"""
                ),
                Action = RuleAction.BlockContact,
                Severity = RuleSeverity.High,
            },
            with
        );

    /// <summary>An opt-out from e-mail for good.</summary>
    public static OptOut OptOut(Customer customer, Action<OptOut>? with = null) =>
        With(
            new OptOut
            {
                Id = Guid.CreateVersion7(),
                CustomerId = customer.Id,
                Channel = OptOutChannel.Email,
                OptedOutAt = Now.AddDays(-1),
            },
            with
        );

    /// <summary>An open request of the rule <c>Ask first</c>, asked for ten minutes ago; the task is parked as the gate parks it.</summary>
    public static ApprovalRequest Approval(AgentTask task, Action<ApprovalRequest>? with = null)
    {
        var findings = JsonSerializer.Deserialize<JsonElement>(
            """[{"rule":"Ask first","verdict":"requires_approval","action":"require_approval","explanation":"E-mail takes a person's approval.","facts":{}},{"rule":"Hours","verdict":"allowed","action":"block_contact","explanation":"11:00 in New York is inside 08:00 to 21:00.","facts":{}}]"""
        );
        task.DueAt = null;
        task.Context.Gate = new TaskGate
        {
            Decision = "requires_approval",
            EvaluatedAt = Now.AddMinutes(-10),
            Explanation = "E-mail takes a person's approval.",
            Findings = findings,
        };
        return With(
            new ApprovalRequest
            {
                Id = Guid.CreateVersion7(),
                TaskId = task.Id,
                CustomerId = task.CustomerId,
                Channel = Channel.Email,
                Rule = "Ask first",
                Explanation = "E-mail takes a person's approval.",
                Findings = findings,
                RequestedAt = Now.AddMinutes(-10),
                PaymentRecordId = task.PaymentRecordId,
            },
            with
        );
    }

    private static int Next() => Interlocked.Increment(ref _count);

    private static T With<T>(T entity, Action<T>? with)
    {
        with?.Invoke(entity);
        return entity;
    }
}
