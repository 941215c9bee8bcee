using Dashboard.Data;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Customers;

/// <summary>When a customer may next be contacted on one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Decision">What the gate says of a contact now.</param>
/// <param name="Reachable">False when there is no address or number for the channel.</param>
public sealed record NextContact(Channel Channel, GateDecision Decision, bool Reachable)
{
    /// <summary>Days of the strip, the customer's today included.</summary>
    public const int Days = 7;

    /// <summary>UTC; the instant that was judged.</summary>
    public DateTime AskedAt { get; init; }

    /// <summary>When it is possible in the next days if nothing else happens; empty when there is no address.</summary>
    public IReadOnlyList<OutlookDay> Week { get; init; } = [];

    /// <summary>UTC; null when it is now, or never as things are.</summary>
    public DateTime? At => Decision.Verdict == GateVerdict.Blocked ? Decision.NextAllowedAt : null;
}

/// <summary>
/// Asks the gate about each channel on the facts of this moment. It only looks: whether a contact really happens is
/// decided when it is reserved.
/// </summary>
public sealed class NextAllowedContactQuery(
    IDbContextFactory<DashboardDb> contexts,
    TimeProvider time
)
{
    private readonly StoredRuleCache _rules = new();

    /// <summary>One answer for each channel: e-mail, phone, text message.</summary>
    public async Task<IReadOnlyList<NextContact>> RunAsync(
        Customer customer,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var now = time.GetUtcNow().UtcDateTime;
        var rules = await _rules.GetAsync(connection, cancellationToken);
        var all = await FactsLoader.LoadAsync(
            connection,
            [customer.Id],
            rules.LookBack,
            now,
            cancellationToken
        );
        return all.TryGetValue(customer.Id, out var facts)
            ? [.. Enum.GetValues<Channel>().Select(c => Ask(facts, rules.Acting, c, now))]
            : [];
    }

    private static NextContact Ask(FactSheet customer, RuleSet rules, Channel channel, DateTime now)
    {
        var request = new ContactRequest(channel, now, customer.Debts);
        var decision = ComplianceGate.Evaluate(customer.Facts, rules, request);
        var reachable = customer.Reaches(channel);
        return new NextContact(channel, decision, reachable)
        {
            AskedAt = now,
            Week = reachable ? Week(customer.Facts, rules, request) : [],
        };
    }

    private static IReadOnlyList<OutlookDay> Week(
        ContactFacts facts,
        RuleSet rules,
        ContactRequest request
    )
    {
        var zone = LocalZone.Find(facts.Timezone);
        var end = ContactOutlook.Midnight(request.At, zone, NextContact.Days);
        return ContactOutlook.Of(facts, rules, request, end).Days(zone, NextContact.Days);
    }
}
