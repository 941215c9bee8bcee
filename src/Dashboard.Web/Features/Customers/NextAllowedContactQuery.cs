using Dashboard.Data;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Customers;

/// <summary>When a customer may next be contacted on one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Decision">What the gate says of a contact now.</param>
/// <param name="Reachable">False when there is no address or number for the channel.</param>
public sealed record NextContact(Channel Channel, GateDecision Decision, bool Reachable)
{
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

    private static NextContact Ask(
        FactSheet customer,
        RuleSet rules,
        Channel channel,
        DateTime now
    ) =>
        new(
            channel,
            ComplianceGate.Evaluate(
                customer.Facts,
                rules,
                new ContactRequest(channel, now, customer.Debts)
            ),
            customer.Reaches(channel)
        );
}
