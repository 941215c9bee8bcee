using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Audit;

/// <summary>Names of what events tell of: one look-up by key for each kind of thing on the page.</summary>
public sealed class AuditNamesQuery
{
    /// <summary>Noun → statement for id and name, and the page it has ({0} is the id).</summary>
    private static readonly Dictionary<string, (string Sql, string? Href)> s_kinds = new(
        StringComparer.Ordinal
    )
    {
        ["customer"] = (
            "SELECT id, company_name AS name, id AS page FROM customers",
            "customers/{0}"
        ),
        ["customer_profile"] = (
            "SELECT p.id, c.company_name AS name, c.id AS page FROM customer_profiles p JOIN customers c ON c.id = p.customer_id",
            "customers/{0}"
        ),
        ["opt_out"] = (
            "SELECT o.id, o.channel || ' of ' || c.company_name AS name, c.id AS page FROM opt_outs o JOIN customers c ON c.id = o.customer_id",
            "customers/{0}"
        ),
        ["payment_record"] = (
            "SELECT id, coalesce(invoice_number, '') AS name, customer_id AS page FROM payment_records",
            "customers/{0}"
        ),
        ["contact_attempt"] = (
            "SELECT t.id, c.company_name AS name, c.id AS page FROM contact_attempts t JOIN customers c ON c.id = t.customer_id",
            "customers/{0}"
        ),
        ["campaign"] = ("SELECT id, name, id AS page FROM campaigns", "campaigns/{0}"),
        ["task"] = (
            "SELECT t.id, c.company_name AS name, t.id AS page FROM tasks t JOIN customers c ON c.id = t.customer_id",
            "tasks?state=all&task={0}"
        ),
        ["agent"] = (
            "SELECT id, coalesce(config ->> 'name', type || ' agent') AS name, id AS page FROM agents",
            "agents"
        ),
        ["compliance_rule"] = ("SELECT id, name, id AS page FROM compliance_rules", null),
        ["template"] = ("SELECT id, name, id AS page FROM templates", null),
        ["operator"] = (
            "SELECT id, coalesce(nullif(display_name, ''), user_name) AS name, id AS page FROM ops.users",
            "operators"
        ),
    };

    /// <summary>Every kind of thing that has a name here.</summary>
    public static IReadOnlyCollection<string> Kinds => s_kinds.Keys;

    /// <summary>What the events are about, by noun and id.</summary>
    public async Task<IReadOnlyDictionary<(string Kind, Guid Id), AuditName>> RunAsync(
        DashboardDb db,
        IReadOnlyList<AuditEvent> events,
        CancellationToken cancellationToken
    )
    {
        var wanted = events
            .SelectMany(e => new[] { (Kind: e.EntityType, Id: e.EntityId), Actor(e) })
            .Where(w => w.Id != Guid.Empty && s_kinds.ContainsKey(w.Kind))
            .Distinct()
            .GroupBy(w => w.Kind, w => w.Id);
        var names = new Dictionary<(string, Guid), AuditName>();
        foreach (var kind in wanted)
        {
            var (sql, href) = s_kinds[kind.Key];
            var rows = await db.ReadAsync(
                $"SELECT * FROM ({sql}) n WHERE n.id = ANY(@ids)",
                [new NpgsqlParameter("ids", kind.ToArray())],
                r => (Id: r.GetGuid(0), Name: r.Text("name") ?? "", Page: r.GetGuid(2)),
                cancellationToken
            );
            foreach (var row in rows)
            {
                names[(kind.Key, row.Id)] = new AuditName(
                    row.Name,
                    href is null
                        ? null
                        : string.Format(
                            System.Globalization.CultureInfo.InvariantCulture,
                            href,
                            row.Page
                        )
                );
            }
        }

        return names;
    }

    /// <summary>The actor's kind and id; empty when it is a part of the system.</summary>
    public static (string Kind, Guid Id) Actor(AuditEvent entry) =>
        Guid.TryParse(entry.ActorId, out var id)
            ? (entry.ActorType == ActorType.Agent ? "agent" : "operator", id)
            : ("", Guid.Empty);
}
