using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>A time zone as the framework knows it, asked afresh for every instant.</summary>
internal sealed partial class Place
{
    private const string ZoneFile = "/usr/share/zoneinfo/tzdata.zi";

    private static readonly ConcurrentDictionary<string, Place?> Known = new(
        StringComparer.Ordinal
    );

    private static readonly Lazy<Dictionary<string, string>> Aliases = new(ReadAliases);

    private Place(string name, TimeZoneInfo zone) => (Name, Zone) = (name, zone);

    /// <summary>The name it was asked for by.</summary>
    internal string Name { get; }

    /// <summary>The framework's zone.</summary>
    internal TimeZoneInfo Zone { get; }

    /// <summary>The place of an IANA name, old names included; null when there is no such zone.</summary>
    internal static Place? Named(string? name) =>
        string.IsNullOrEmpty(name) ? null : Known.GetOrAdd(name, Find);

    /// <summary>The wall clock.</summary>
    internal DateTime ClockAt(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);

    /// <summary>The date on the wall.</summary>
    internal DateOnly DateAt(DateTime utc) => DateOnly.FromDateTime(ClockAt(utc));

    /// <summary>"Tue 5 May 2026 03:00 in America/New_York".</summary>
    internal string Say(DateTime utc) =>
        ClockAt(utc).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + $" in {Name}";

    private static Place? Find(string name)
    {
        if (
            !ZoneName().IsMatch(name)
            || name.StartsWith("posix/", StringComparison.Ordinal)
            || name.StartsWith("right/", StringComparison.Ordinal)
            || name is "localtime" or "posixrules" or "Factory"
        )
        {
            return null;
        }

        return
            TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            || (
                Aliases.Value.TryGetValue(name, out var target)
                && TimeZoneInfo.TryFindSystemTimeZoneById(target, out zone)
            )
            ? new Place(name, zone)
            : null;
    }

    /// <summary>
    /// Some systems ship old names apart. The tz database's own file lists them where it is installed; the most common are
    /// here in any case.
    /// </summary>
    private static Dictionary<string, string> ReadAliases()
    {
        var aliases = Common
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        if (File.Exists(ZoneFile))
        {
            foreach (
                var line in File.ReadLines(ZoneFile)
                    .Where(l => l.StartsWith("L ", StringComparison.Ordinal))
            )
            {
                var words = line.Split(' ');
                aliases[words[2]] = words[1];
            }
        }

        return aliases;
    }

    private const string Common =
        "US/Eastern=America/New_York US/Central=America/Chicago US/Mountain=America/Denver "
        + "US/Pacific=America/Los_Angeles US/Alaska=America/Anchorage US/Hawaii=Pacific/Honolulu "
        + "US/Arizona=America/Phoenix US/Michigan=America/Detroit US/Aleutian=America/Adak "
        + "US/East-Indiana=America/Indiana/Indianapolis US/Indiana-Starke=America/Indiana/Knox "
        + "US/Samoa=Pacific/Pago_Pago Canada/Eastern=America/Toronto Canada/Central=America/Winnipeg "
        + "Canada/Mountain=America/Edmonton Canada/Pacific=America/Vancouver "
        + "Canada/Atlantic=America/Halifax Canada/Newfoundland=America/St_Johns "
        + "Canada/Saskatchewan=America/Regina Canada/Yukon=America/Whitehorse "
        + "America/Montreal=America/Toronto America/Indianapolis=America/Indiana/Indianapolis "
        + "GB=Europe/London Eire=Europe/Dublin NZ=Pacific/Auckland Asia/Calcutta=Asia/Kolkata "
        + "Asia/Katmandu=Asia/Kathmandu Asia/Saigon=Asia/Ho_Chi_Minh Europe/Kiev=Europe/Kyiv "
        + "Australia/ACT=Australia/Sydney Australia/NSW=Australia/Sydney "
        + "Australia/Victoria=Australia/Melbourne Australia/Queensland=Australia/Brisbane "
        + "Australia/South=Australia/Adelaide Australia/West=Australia/Perth UTC=Etc/UTC GMT=Etc/GMT";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")]
    private static partial Regex ZoneName();
}
