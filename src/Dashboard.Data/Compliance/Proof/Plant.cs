using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>A known violation in a copy of a customer's record.</summary>
/// <param name="What">What was done, in words.</param>
/// <param name="RuleId">The rule it must be found by; null for what is built in.</param>
/// <param name="Rule">Its name; <see cref="Evidence"/> for evidence that is missing or wrong.</param>
/// <param name="Copy">The record with the contact in it.</param>
/// <param name="Contact">The contact.</param>
internal sealed record Plant(
    string What,
    Guid? RuleId,
    string Rule,
    CustomerRecord Copy,
    AttemptRow Contact
)
{
    internal const string Evidence = "clearance";

    /// <summary>Whether an opinion noticed it, for the reason it was planted for.</summary>
    internal bool IsFoundBy(Opinion opinion) =>
        Rule == Evidence
            ? opinion.Defect is not null
            : opinion.Breaches.Any(b => b.RuleId == RuleId && b.Rule == Rule);
}

/// <summary>
/// Copies of a real customer's record for plants: without anything that would excuse a contact (consents, approvals, notice),
/// with a contact added. Nothing of it is ever written to the database.
/// </summary>
internal sealed class PlantBed(CustomerRecord real)
{
    /// <summary>The invoice planted contacts are about.</summary>
    private readonly string _debt = Guid.CreateVersion7().ToString();

    /// <summary>A customer for when nobody was contacted.</summary>
    internal static CustomerRecord Nobody { get; } =
        new() { Id = Guid.Empty, Name = "Made-up customer" };

    internal string? ZoneAt(DateTime at) => FactReader.At(real.Facts, at).Timezone;

    internal LimitsThen? LimitsAt(Guid campaign, DateTime at) =>
        real.Campaigns.GetValueOrDefault(campaign)?.At(at);

    internal AttemptRow Contact(
        Channel channel,
        DateTime at,
        ContactStatus status = ContactStatus.Sent
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            TaskId = Guid.CreateVersion7(),
            Channel = channel,
            Status = status,
            At = at,
            DurationSeconds = status == ContactStatus.Answered ? 60 : null,
            Debts = [_debt],
        };

    /// <summary>The record with contacts added, the last being the planted one.</summary>
    /// <param name="contacts">In order.</param>
    /// <param name="profile">Sets columns of the profile; the zone is the customer's, New York when it has none.</param>
    /// <param name="facts">Further rows.</param>
    internal CustomerRecord With(
        IReadOnlyList<AttemptRow> contacts,
        Action<JsonObject>? profile = null,
        params FactRow[] facts
    )
    {
        var last = contacts[^1];
        var row = new JsonObject
        {
            ["timezone"] = Place.Named(ZoneAt(last.At)) is { } place
                ? place.Name
                : "America/New_York",
            ["do_not_contact"] = false,
        };
        profile?.Invoke(row);
        return real with
        {
            IsDemo = false,
            Approvals = [],
            Attempts =
            [
                .. real
                    .Attempts.Where(a => a.At <= last.At)
                    .Concat(contacts.SkipLast(1))
                    .OrderBy(a => a.At),
                last,
            ],
            Facts = [Fact(FactReader.Profiles, row), .. facts],
        };
    }

    /// <summary>A row as it is.</summary>
    internal static FactRow Fact(string source, JsonObject row) =>
        new(source, Guid.CreateVersion7(), JsonSerializer.SerializeToElement(row), []);

    /// <summary>A row as it was until an instant, and is no more.</summary>
    internal static FactRow Gone(string source, JsonObject row, DateTime until) =>
        new(source, Guid.CreateVersion7(), null, [(JsonSerializer.SerializeToElement(row), until)]);
}
