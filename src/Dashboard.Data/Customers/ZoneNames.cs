using Dashboard.Domain.Time;

namespace Dashboard.Data.Customers;

/// <summary>Names of time zones as people type them.</summary>
public static class ZoneNames
{
    private static readonly Lazy<IReadOnlyList<string>> s_all = new(() =>
        [
            .. TimeZoneInfo
                .GetSystemTimeZones()
                .Select(z => z.Id)
                .Where(id =>
                    id.Contains('/', StringComparison.Ordinal)
                    && !id.StartsWith("Etc/", StringComparison.Ordinal)
                    && LocalZone.Find(id) is not null
                )
                .Append("UTC")
                .Order(StringComparer.Ordinal),
        ]
    );

    /// <summary>IANA names to choose from, in order.</summary>
    public static IReadOnlyList<string> All => s_all.Value;

    /// <summary>Null when the gate knows the zone; otherwise what is wrong, with the name that was probably meant.</summary>
    public static string? Fault(string name)
    {
        var zone = name.Trim();
        if (zone.Length <= 50 && LocalZone.Find(zone) is not null)
        {
            return null;
        }

        var near = Nearest(zone);
        return near is null
            ? $"'{Short(zone)}' is no time zone. Choose one such as America/Denver."
            : $"'{Short(zone)}' is no time zone. Did you mean {near}?";
    }

    private static string Short(string text) => text.Length > 50 ? text[..50] + "…" : text;

    private static string? Nearest(string typed)
    {
        var wanted = typed.Replace(' ', '_').ToLowerInvariant();
        if (wanted.Length is 0 or > 50)
        {
            return null;
        }

        var city = All.FirstOrDefault(z =>
            City(z).Equals(wanted, StringComparison.OrdinalIgnoreCase)
        );
        if (city is not null)
        {
            return city;
        }

        var (best, distance) = All.Select(z => (z, Distance(wanted, z.ToLowerInvariant())))
            .Concat(All.Select(z => (z, Distance(wanted, City(z).ToLowerInvariant()))))
            .MinBy(p => p.Item2);
        return distance <= Math.Max(1, wanted.Length / 4) ? best : null;
    }

    private static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..];

    /// <summary>Levenshtein.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replace = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
