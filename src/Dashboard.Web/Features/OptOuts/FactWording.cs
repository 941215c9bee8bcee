using System.Text.Json;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>Changes of what the gate looks at, in words.</summary>
public static class FactWording
{
    private static readonly Dictionary<string, string> s_columns = new(StringComparer.Ordinal)
    {
        ["timezone"] = "Zone",
        ["preferred_contact_time_start"] = "Contact from",
        ["preferred_contact_time_end"] = "Contact until",
        ["contact_restrictions"] = "Never by",
        ["other_timezones"] = "Also in",
        ["notice_sent_on"] = "Notice sent",
        ["channel"] = "Channel",
        ["expires_at"] = "Until",
        ["reason"] = "Reason",
        ["given_at"] = "Given",
        ["source"] = "Known by",
        ["revoked_at"] = "Revoked",
    };

    /// <summary>What happened: "Consent revoked".</summary>
    public static string Head(FactChange change) =>
        (change.Entity, change.Action) switch
        {
            ("customer", _)
                when change.Metadata is { } told
                    && told.TryGetProperty("do_not_contact", out var mark)
                    && !mark.GetBoolean() => "Contact allowed again",
            ("customer", _) => "Marked do not contact",
            ("opt_out", "created") when IsHold(change) => "Text messages held",
            ("opt_out", "created") => "Opt-out recorded",
            ("opt_out", "ended") => "Opt-out ended",
            ("opt_out", _) when IsHold(change) => "Text messages held",
            ("opt_out", _) => "Opt-out changed",
            ("consent", "created") => "Consent recorded",
            ("consent", "confirmed") => "Consent confirmed",
            ("consent", "revoked") => "Consent revoked",
            _ => "Preferences changed",
        };

    /// <summary>Each column that matters: "Zone: Los Angeles → Denver"; what was nothing before is told alone.</summary>
    public static IReadOnlyList<string> Lines(FactChange change, string? zone)
    {
        if (change.Changes is not { ValueKind: JsonValueKind.Object } columns)
        {
            return [];
        }

        var lines = new List<string>();
        foreach (var column in columns.EnumerateObject())
        {
            if (
                !s_columns.TryGetValue(column.Name, out var name)
                || (column.Name == "expires_at" && IsHold(change))
            )
            {
                continue;
            }

            var (before, after) = (
                Value(column.Value, "before", zone),
                Value(column.Value, "after", zone)
            );
            lines.Add(
                before is null
                    ? $"{name}: {after ?? "nothing"}"
                    : $"{name}: {before} → {after ?? "nothing"}"
            );
        }

        return lines;
    }

    /// <summary>The row became one that waits for a message to be read.</summary>
    private static bool IsHold(FactChange change) =>
        change.Changes is { ValueKind: JsonValueKind.Object } columns
        && columns.TryGetProperty("metadata", out var metadata)
        && metadata.TryGetProperty("after", out var after)
        && after.ValueKind == JsonValueKind.Object
        && after.TryGetProperty("hold", out var hold)
        && hold.ValueKind == JsonValueKind.Object;

    private static string? Value(JsonElement change, string key, string? zone)
    {
        if (
            change.ValueKind != JsonValueKind.Object
            || !change.TryGetProperty(key, out var value)
            || value.ValueKind == JsonValueKind.Null
        )
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            var items = value.EnumerateArray().Select(i => i.ToString().Replace('_', ' ')).ToList();
            return items.Count == 0 ? null : string.Join(", ", items);
        }

        var text = value.ToString();
        return
            text.Contains('T', StringComparison.Ordinal)
            && value.ValueKind == JsonValueKind.String
            && value.TryGetDateTime(out var at)
            ? Times.Absolute(at, zone)
            : text.Replace('_', ' ');
    }
}
