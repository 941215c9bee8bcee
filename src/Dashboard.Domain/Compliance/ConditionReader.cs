using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>
/// Reads a rule's condition key by key and collects what is wrong with it, each fault with its key. A value that cannot be
/// used reads as a harmless default; a rule with any fault is never evaluated.
/// </summary>
internal sealed class ConditionReader(JsonElement condition)
{
    private readonly List<Error> _faults = [];

    /// <summary>Empty when the condition can be used.</summary>
    internal IReadOnlyList<Error> Faults => _faults;

    /// <summary>The key is there and not null.</summary>
    internal bool Has(string key) => Find(key) is not null;

    /// <summary>A word; null and a fault when missing.</summary>
    internal string? Word(string key)
    {
        if (Find(key) is { ValueKind: JsonValueKind.String } value)
        {
            return value.GetString();
        }
        Fault(key, "must be a word");
        return null;
    }

    /// <summary>Channels; <c>any</c> is all of them.</summary>
    internal ChannelSet Channels(string key)
    {
        var set = default(ChannelSet);
        foreach (var word in List(key))
        {
            if (word == "any")
            {
                set = ChannelSet.Any;
            }
            else if (EnumText.TryParse<Channel>(word, out var channel))
            {
                set = set.With(channel);
            }
            else
            {
                Fault(key, $"does not know the channel '{word}': use email, phone, sms or any");
            }
        }
        return set;
    }

    /// <summary>Attempt statuses.</summary>
    internal StatusSet Statuses(string key)
    {
        var set = default(StatusSet);
        foreach (var word in List(key))
        {
            if (EnumText.TryParse<ContactStatus>(word, out var status))
            {
                set = set.With(status);
            }
            else
            {
                Fault(
                    key,
                    $"does not know the status '{word}': use {string.Join(", ", EnumText.All<ContactStatus>())}"
                );
            }
        }
        return set;
    }

    /// <summary>A whole number.</summary>
    internal int Whole(string key, int least) => Whole(condition, key, key, least);

    /// <summary>A number above 0, at most ten years in minutes.</summary>
    internal double Number(string key) => Number(condition, key, key);

    /// <summary>True or false; missing is false.</summary>
    internal bool Flag(string key)
    {
        switch (Find(key)?.ValueKind)
        {
            case null or JsonValueKind.False:
                return false;
            case JsonValueKind.True:
                return true;
            default:
                Fault(key, "must be true or false");
                return false;
        }
    }

    /// <summary><c>debt</c> or <c>customer</c>.</summary>
    internal bool PerDebt(string key)
    {
        var word = Word(key);
        if (word is not ("debt" or "customer" or null))
        {
            Fault(key, $"is '{word}': use debt or customer");
        }
        return word == "debt";
    }

    /// <summary><c>{type, days?, hours?}</c>.</summary>
    internal CountingPeriod Period(string key)
    {
        if (Find(key) is not { ValueKind: JsonValueKind.Object } period)
        {
            Fault(key, "must be an object with a type");
            return default;
        }
        var word = period.TryGetProperty("type", out var type) ? type.ToString() : null;
        if (!EnumText.TryParse<PeriodType>(word, out var parsed))
        {
            Fault(
                $"{key}.type",
                $"is '{word}': use {string.Join(", ", EnumText.All<PeriodType>())}"
            );
            return default;
        }
        return parsed switch
        {
            PeriodType.CalendarDays => CountingPeriod.CalendarDays(
                Whole(period, "days", $"{key}.days", least: 1)
            ),
            PeriodType.RollingHours => CountingPeriod.Rolling(
                TimeSpan.FromHours(Number(period, "hours", $"{key}.hours"))
            ),
            _ => new CountingPeriod(parsed, 0, 0),
        };
    }

    /// <summary>Weekly windows and closed dates, with the same in words.</summary>
    internal (WeekHours Hours, string Text) Hours(string windowsKey, string closedKey)
    {
        var reader = new WindowReader(Fault);
        var windows = reader.Windows(windowsKey, Find(windowsKey));
        if (Has("holidays") && !Has(closedKey))
        {
            Fault(
                "holidays",
                $"names '{Find("holidays")}', but a name closes nothing: list its dates in {closedKey}"
            );
        }
        var closed = Has(closedKey) ? Dates(closedKey) : [];
        return (new WeekHours(windows, closed), reader.Text);
    }

    /// <summary>IANA zones; missing is none.</summary>
    internal LocalZone[] Zones(string key)
    {
        var zones = new List<LocalZone>();
        foreach (var name in Has(key) ? List(key) : [])
        {
            if (LocalZone.Find(name) is { } zone)
            {
                zones.Add(zone);
            }
            else
            {
                Fault(key, $"does not know the time zone '{name}'");
            }
        }
        return [.. zones];
    }

    private List<DateOnly> Dates(string key)
    {
        var dates = new List<DateOnly>();
        foreach (
            var text in Find(key) is { ValueKind: JsonValueKind.Array } a && a.GetArrayLength() == 0
                ? []
                : List(key)
        )
        {
            if (
                DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var date
                )
            )
            {
                dates.Add(date);
            }
            else
            {
                Fault(key, $"holds '{text}', which is not a date such as 2026-12-25");
            }
        }
        return dates;
    }

    private List<string> List(string key)
    {
        if (
            Find(key) is not { ValueKind: JsonValueKind.Array } list
            || list.GetArrayLength() == 0
            || list.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String)
        )
        {
            Fault(key, "must be a list of words with at least one in it");
            return [];
        }
        return [.. list.EnumerateArray().Select(e => e.GetString()!)];
    }

    private int Whole(JsonElement parent, string key, string path, int least)
    {
        const int Most = 100_000;
        if (
            parent.TryGetProperty(key, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && number >= least
            && number <= Most
        )
        {
            return number;
        }
        Fault(path, $"must be a whole number from {least} to {Most}");
        return least;
    }

    private double Number(JsonElement parent, string key, string path)
    {
        const double Most = 10 * 366 * 24 * 60;
        if (
            parent.TryGetProperty(key, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.GetDouble() is > 0 and <= Most and var number
        )
        {
            return number;
        }
        Fault(path, $"must be a number above 0 and at most {Most:0}");
        return 1;
    }

    private JsonElement? Find(string key) =>
        condition.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private void Fault(string key, string what) =>
        _faults.Add(Error.Invalid($"condition.{key}", $"{key} {what}."));
}
