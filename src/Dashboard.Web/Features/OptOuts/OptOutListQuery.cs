using System.Text;
using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>A line of the list.</summary>
public sealed record OptOutRow(
    Guid Id,
    Guid CustomerId,
    string CompanyName,
    string Email,
    string? Timezone,
    OptOutChannel Channel,
    string? Reason,
    string? Source,
    DateTime OptedOutAt,
    DateTime? ExpiresAt,
    bool IsHeld,
    bool IsTakenAway
)
{
    /// <summary>How it stands at an instant.</summary>
    public OptOutState StateAt(DateTime now) =>
        ExpiresAt <= now ? OptOutState.Ended
        : IsHeld ? OptOutState.Held
        : ExpiresAt is null ? OptOutState.InForce
        : OptOutState.Temporary;
}

/// <summary>Where a page ends.</summary>
public sealed record OptOutCursor(DateTime At, Guid Id);

/// <summary>One page of the list.</summary>
/// <param name="Rows">The lines, newest first.</param>
/// <param name="Next">Where the next page begins; null = there is none.</param>
/// <param name="Total">How many match, counted up to <see cref="OptOutListQuery.CountLimit"/> plus one.</param>
public sealed record OptOutPage(IReadOnlyList<OptOutRow> Rows, OptOutCursor? Next, int Total);

/// <summary>Reads the list.</summary>
public sealed class OptOutListQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 100;

    /// <summary>Matches are counted no further than this.</summary>
    public const int CountLimit = 10_000;

    private const string From =
        "opt_outs o join customers c on c.id = o.customer_id left join customer_profiles p on p.customer_id = c.id";

    private const string Columns = """
        o.id, o.customer_id, c.company_name, c.email, p.timezone, o.channel, o.reason, o.metadata->>'source' as source,
        o.opted_out_at, o.expires_at, o.metadata->'hold' is not null as held, o.metadata->'ended' is not null as taken_away
        """;

    /// <summary>Reads the page after <paramref name="after"/> (the first when null).</summary>
    public async Task<OptOutPage> RunAsync(
        OptOutFilter filter,
        OptOutCursor? after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (where, parameters) = Where(filter, time.GetUtcNow().UtcDateTime);
        var total = await db.ReadAsync(
            $"select count(*)::int from (select 1 from {From} where {where} limit {CountLimit + 1}) matching",
            parameters,
            r => r.GetInt32(0),
            cancellationToken
        );
        var rows = await db.ReadAsync(
            Page(where, after, parameters, PageSize + 1),
            parameters,
            Map,
            cancellationToken
        );
        var shown = rows.Take(PageSize).ToList();
        return new OptOutPage(
            shown,
            rows.Count > PageSize ? new OptOutCursor(shown[^1].OptedOutAt, shown[^1].Id) : null,
            total[0]
        );
    }

    /// <summary>At most <paramref name="count"/> lines after <paramref name="after"/>, uncounted.</summary>
    public async Task<IReadOnlyList<OptOutRow>> TakeAsync(
        OptOutFilter filter,
        OptOutCursor? after,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (where, parameters) = Where(filter, time.GetUtcNow().UtcDateTime);
        return await db.ReadAsync(
            Page(where, after, parameters, count),
            parameters,
            Map,
            cancellationToken
        );
    }

    /// <summary>Everything that matches, newest first, page by page as it is read: an export of any size stays small in memory.</summary>
    public async IAsyncEnumerable<OptOutRow> AllAsync(
        OptOutFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        const int Chunk = 2000;
        OptOutCursor? after = null;
        while (true)
        {
            var rows = await TakeAsync(filter, after, Chunk, cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < Chunk)
            {
                yield break;
            }

            after = new OptOutCursor(rows[^1].OptedOutAt, rows[^1].Id);
        }
    }

    /// <summary>The keys of everything that matches: what a bulk action on "all that match" is about.</summary>
    public async Task<IReadOnlyList<Guid>> MatchingAsync(
        OptOutFilter filter,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (where, parameters) = Where(filter, time.GetUtcNow().UtcDateTime);
        return await db.ReadAsync(
            $"select o.id from {From} where {where}",
            parameters,
            r => r.GetGuid(0),
            cancellationToken
        );
    }

    /// <summary>One opt-out with its customer; null when there is none.</summary>
    public async Task<OptOut?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .OptOuts.AsNoTracking()
            .Include(o => o.Customer!.Profile)
            .SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
    }

    private static string Page(
        string where,
        OptOutCursor? after,
        List<NpgsqlParameter> parameters,
        int rows
    )
    {
        if (after is not null)
        {
            parameters.Add(
                new("after_at", DateTime.SpecifyKind(after.At, DateTimeKind.Unspecified))
            );
            parameters.Add(new("after_id", after.Id));
        }

        var cursor = after is null ? "" : " and (o.opted_out_at, o.id) < (@after_at, @after_id)";
        return $"select {Columns} from {From} where {where}{cursor} order by o.opted_out_at desc, o.id desc limit {rows}";
    }

    private static (string Sql, List<NpgsqlParameter> Parameters) Where(
        OptOutFilter filter,
        DateTime now
    )
    {
        var parameters = new List<NpgsqlParameter>
        {
            new("now", DateTime.SpecifyKind(now, DateTimeKind.Unspecified)),
        };
        var sql = new StringBuilder(
            filter.State switch
            {
                OptOutState.All => "true",
                OptOutState.Ended => "o.expires_at <= @now",
                OptOutState.Temporary => "o.expires_at > @now and (o.metadata->'hold') is null",
                OptOutState.Held => "o.expires_at > @now and o.metadata->'hold' is not null",
                _ => "(o.expires_at is null or o.expires_at > @now)",
            }
        );
        if (filter.Channels.Count > 0)
        {
            parameters.Add(new("channels", filter.Channels.Select(c => c.ToText()).ToArray()));
            sql.Append(" and o.channel = any(@channels)");
        }

        if (filter.Sources.Count > 0)
        {
            parameters.Add(new("sources", filter.Sources.ToArray()));
            sql.Append(" and coalesce(o.metadata->>'source', 'unknown') = any(@sources)");
        }

        if (filter.CustomerId is { } customer)
        {
            parameters.Add(new("customer", customer));
            sql.Append(" and o.customer_id = @customer");
        }

        if (filter.Text is { } text)
        {
            var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal)
                .Replace("%", @"\%", StringComparison.Ordinal)
                .Replace("_", @"\_", StringComparison.Ordinal);
            parameters.Add(new("text", $"%{escaped}%"));
            sql.Append(
                " and (c.company_name ilike @text or c.contact_name ilike @text or c.email ilike @text or o.reason ilike @text)"
            );
        }

        return (sql.ToString(), parameters);
    }

    private static OptOutRow Map(NpgsqlDataReader row) =>
        new(
            row.Value<Guid>("id")!.Value,
            row.Value<Guid>("customer_id")!.Value,
            row.Text("company_name")!,
            row.Text("email")!,
            row.Text("timezone"),
            row.Word<OptOutChannel>("channel")!.Value,
            row.Text("reason"),
            row.Text("source"),
            row.Utc("opted_out_at")!.Value,
            row.Utc("expires_at"),
            row.GetBoolean(row.GetOrdinal("held")),
            row.GetBoolean(row.GetOrdinal("taken_away"))
        );
}
