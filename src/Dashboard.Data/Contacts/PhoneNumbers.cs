using Dashboard.Data.Commands;

namespace Dashboard.Data.Contacts;

/// <summary>Whose number a text came from.</summary>
internal static class PhoneNumbers
{
    /// <summary>Fewer digits identify nobody: a short code, an extension.</summary>
    private const int FewestDigits = 7;

    /// <summary>A country code has one to three digits.</summary>
    private const int LongestCountryCode = 3;

    private const int Most = 50;

    // Numbers are written in many ways; compared are the digits without a leading zero, "(0)" and an extension. A number without
    // its country code fits one with it: better two customers held than one overlooked.
    private const string Sql = """
        SELECT c.id, c.deleted_at IS NOT NULL, bool_or(abs(length(n.digits) - length(@digits)) <= @country)
        FROM customers c
        CROSS JOIN LATERAL (VALUES (c.mobile), (c.phone)) AS v (number)
        CROSS JOIN LATERAL (SELECT ltrim(regexp_replace(regexp_replace(v.number, '\(0\)|\s*(x|ext|extension)\W*\d+\s*$', '', 'gi'),
            '[^0-9]', '', 'g'), '0') AS digits) n
        WHERE length(n.digits) >= @fewest
          AND (right(n.digits, length(@digits)) = @digits OR right(@digits, length(n.digits)) = n.digits)
        GROUP BY c.id ORDER BY c.id LIMIT @most
        """;

    /// <summary>
    /// Customers with this number, with or without its country code; where there is none, those whose shorter number ends it. The
    /// living come before the deleted; empty when it is nobody's.
    /// Reads every customer: 0.2 s for 100,000.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> OwnersAsync(
        CommandContext context,
        string number,
        CancellationToken cancellationToken
    )
    {
        var digits = string.Concat(
                number.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit)
            )
            .TrimStart('0');
        if (digits.Length < FewestDigits)
        {
            return [];
        }

        var found = await context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("digits", digits);
                p.AddWithValue("fewest", FewestDigits);
                p.AddWithValue("country", LongestCountryCode);
                p.AddWithValue("most", Most);
            },
            row => (Id: row.GetGuid(0), Deleted: row.GetBoolean(1), Close: row.GetBoolean(2)),
            cancellationToken
        );
        var living = found.Where(f => !f.Deleted).ToList();
        var best = living.Count > 0 ? living : found;
        return [.. (best.Exists(f => f.Close) ? best.Where(f => f.Close) : best).Select(f => f.Id)];
    }
}
