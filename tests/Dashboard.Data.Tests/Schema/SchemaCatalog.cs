using System.Text.RegularExpressions;
using Dashboard.Tests.Shared;
using Npgsql;

namespace Dashboard.Data.Tests.Schema;

/// <summary>What a database has in <c>public</c>, in the lines of <see cref="SchemaDocument"/>.</summary>
internal sealed partial class SchemaCatalog(NpgsqlDataSource dataSource)
{
    /// <summary>Names of all tables.</summary>
    public Task<IReadOnlyList<string>> TablesAsync() =>
        dataSource.QueryAsync(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1"
        );

    /// <summary>Columns of a table, in order.</summary>
    public Task<IReadOnlyList<string>> ColumnsAsync(string table) =>
        dataSource.QueryAsync(
            $"""
            SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod),
                CASE WHEN attnotnull THEN 'NOT NULL' END,
                'DEFAULT ' || pg_get_expr(adbin, adrelid))
            FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attrelid = 'public.{table}'::regclass AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum
            """
        );

    /// <summary>Primary, unique and foreign keys.</summary>
    public Task<IReadOnlyList<string>> KeysAsync() =>
        dataSource.QueryAsync(
            """
            SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')
            """
        );

    /// <summary>CHECK constraints that are lists of words, or ranges between two numbers.</summary>
    public async Task<IReadOnlyList<string>> LimitsAsync()
    {
        var checks = await dataSource.QueryAsync(
            """
            SELECT conrelid::regclass || '.' || attname || ': ' || pg_get_constraintdef(c.oid)
            FROM pg_constraint c JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
            WHERE connamespace = 'public'::regnamespace AND contype = 'c' AND cardinality(conkey) = 1
            """
        );
        return [.. checks.Select(ReadLimit).OfType<string>()];
    }

    /// <summary>All indexes that are not a key's own.</summary>
    public async Task<IReadOnlyList<string>> IndexesAsync()
    {
        var definitions = await dataSource.QueryAsync(
            """
            SELECT pg_get_indexdef(indexrelid) FROM pg_index
            JOIN pg_class ON pg_class.oid = indexrelid
            WHERE relnamespace = 'public'::regnamespace
              AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
            """
        );
        return
        [
            .. definitions
                .Select(d => IndexPattern().Match(d.Replace("\"", "", StringComparison.Ordinal)))
                .Select(m =>
                    SchemaDocument.IndexLine(
                        m.Groups["name"].Value,
                        m.Groups["table"].Value,
                        m.Groups["columns"].Value,
                        m.Groups["where"].Value
                    )
                ),
        ];
    }

    /// <summary>Triggers as PostgreSQL writes them.</summary>
    public Task<IReadOnlyList<string>> TriggersAsync() =>
        dataSource.QueryAsync(
            """
            SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
            WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal
            """
        );

    private static string? ReadLimit(string check)
    {
        var column = check[..check.IndexOf(':', StringComparison.Ordinal)];
        var words = WordPattern().Matches(check).Select(m => m.Groups[1].Value).ToList();
        if (words.Count > 0)
        {
            return $"{column}: {string.Join(", ", words)}";
        }

        var bounds = BoundPattern().Matches(check).Select(m => m.Groups[1].Value).ToList();
        return bounds.Count == 2 ? $"{column}: {bounds[0]} to {bounds[1]}" : null;
    }

    [GeneratedRegex("'([^']*)'::")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"[<>]= \(?(\d+)")]
    private static partial Regex BoundPattern();

    [GeneratedRegex(
        @"^CREATE (UNIQUE )?INDEX (?<name>\w+) ON public\.(?<table>\w+) USING btree \((?<columns>.*?)\)( WHERE (?<where>.*))?$",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex IndexPattern();
}
