using Dashboard.Data.Campaigns;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Demo;

/// <summary>The demo company's rows while they are made up.</summary>
internal sealed class DemoWorld(DateTime now)
{
    /// <summary>The label on every demo customer.</summary>
    public const string Tag = "demo";

    /// <summary>The instant the demo is loaded, UTC; everything else is relative to it.</summary>
    public DateTime Now => now;

    /// <summary>The UTC date of <see cref="Now"/>.</summary>
    public DateOnly Today { get; } = DateOnly.FromDateTime(now);

    /// <summary>An id that sorts by the instant the row was made, UTC.</summary>
    public static Guid NewId(DateTime at) =>
        Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero));

    public List<DemoCustomer> Book { get; } = [];

    public List<Agent> Agents { get; } = [];

    public List<Campaign> Campaigns { get; } = [];

    public List<CampaignSchedule> Schedules { get; } = [];

    public List<AgentTask> Tasks { get; } = [];

    public List<ContactAttempt> Attempts { get; } = [];

    public List<OptOut> OptOuts { get; } = [];

    public List<AuditLog> Audit { get; } = [];

    /// <summary>Notes one thing that happened, as the product itself would have.</summary>
    public void Note(
        string entity,
        Guid id,
        string action,
        DateTime at,
        string actor,
        object? changes
    ) =>
        Audit.Add(
            new AuditLog
            {
                Id = DemoWorld.NewId(at),
                EntityType = entity,
                EntityId = id,
                Action = action,
                ActorType = ActorType.System,
                ActorId = actor,
                Changes = changes is null
                    ? null
                    : System.Text.Json.JsonSerializer.SerializeToElement(
                        changes,
                        Domain.Json.JsonShape.Options
                    ),
                Timestamp = at,
            }
        );

    /// <summary>Notes a change of status.</summary>
    public void NoteStatus(
        string entity,
        Guid id,
        DateTime at,
        string actor,
        string before,
        string after
    ) =>
        Note(
            entity,
            id,
            "status_changed",
            at,
            actor,
            new Dictionary<string, object> { ["status"] = new { Before = before, After = after } }
        );
}

/// <summary>How a demo customer pays.</summary>
internal enum DemoTemper
{
    Prompt,
    Slow,
    Chronic,
    Broke,
}

/// <summary>One demo customer with everything the gate must know of it.</summary>
internal sealed class DemoCustomer(
    Customer customer,
    CustomerProfile profile,
    DemoTemper temper,
    string currency
)
{
    public Customer Customer => customer;

    public CustomerProfile Profile => profile;

    public DemoTemper Temper => temper;

    public string Currency => currency;

    public List<PaymentRecord> Invoices { get; } = [];

    public List<PastContact> History { get; } = [];

    public List<OptOutFact> OptOuts { get; } = [];

    /// <summary>What the gate sees.</summary>
    public ContactFacts Facts =>
        new()
        {
            Timezone = profile.Timezone,
            DoNotContact = profile.DoNotContact == true,
            ContactRestrictions = profile.ContactRestrictions ?? [],
            OptOuts = OptOuts,
            History = History,
        };

    /// <summary>Invoices past due and unpaid at the end of a day.</summary>
    public List<PaymentRecord> OverdueOn(DateOnly day) =>
        [
            .. Invoices.Where(i =>
                i.DueDate < day
                && !(i.PaidDate <= day)
                && i.CreatedAt < day.ToDateTime(TimeOnly.MaxValue)
            ),
        ];
}
