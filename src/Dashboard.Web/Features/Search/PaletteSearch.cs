using System.Security.Claims;
using Dashboard.Data.Operators;
using Dashboard.Web.Components;
using Dashboard.Web.Components.Layout;
using Npgsql;

namespace Dashboard.Web.Features.Search;

/// <summary>Finds customers, invoices and campaigns for the command palette; five of each, in one round trip.</summary>
public sealed class PaletteSearch(NpgsqlDataSource database) : IPaletteSource
{
    /// <summary>Those that begin with the text first.</summary>
    private const string Customers = """
        select c.id, c.company_name, c.contact_name from customers c
        where c.deleted_at is null and (c.company_name ilike @part or c.contact_name ilike @part or c.email ilike @start)
        order by not (c.company_name ilike @start), c.company_name limit 5
        """;

    private const string Invoices = """
        select i.customer_id, i.invoice_number, c.company_name, i.amount, i.currency
        from payment_records i join customers c on c.id = i.customer_id
        where c.deleted_at is null and i.invoice_number ilike @start order by i.invoice_number limit 5
        """;

    private const string Campaigns = """
        select g.id, g.name, c.company_name from campaigns g join customers c on c.id = g.customer_id
        where g.name ilike @part order by g.created_at desc limit 5
        """;

    /// <inheritdoc />
    public async Task<IReadOnlyList<PaletteItem>> FindAsync(
        string text,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    )
    {
        if (!RoleNames.May(user, Roles.AnyRole))
        {
            return [];
        }

        var items = new List<PaletteItem>();
        await using var batch = Batch(Escape(text));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            items.Add(
                new(
                    "Customers",
                    rows.GetString(1),
                    rows.GetString(2),
                    $"/customers/{rows.GetGuid(0)}",
                    "domain"
                )
            );
        }

        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var amount = Moneys.Format(rows.GetDecimal(3), rows.GetString(4));
            var detail = $"{amount} · {rows.GetString(2)}";
            var href = $"/customers/{rows.GetGuid(0)}";
            items.Add(new("Invoices", rows.GetString(1), detail, href, "receipt_long"));
        }

        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var href = $"/campaigns/{rows.GetGuid(0)}";
            items.Add(new("Campaigns", rows.GetString(1), rows.GetString(2), href, "route"));
        }

        return items;
    }

    private NpgsqlBatch Batch(string text)
    {
        var batch = database.CreateBatch();
        foreach (var statement in new[] { Customers, Invoices, Campaigns })
        {
            var command = new NpgsqlBatchCommand(statement);
            command.Parameters.AddWithValue("part", $"%{text}%");
            command.Parameters.AddWithValue("start", $"{text}%");
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
