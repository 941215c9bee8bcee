using System.Globalization;
using Dashboard.Domain.Compliance;
using Dashboard.Web.Features.Compliance.Rules.Form;

namespace Dashboard.Web.Features.Compliance.Rules;

/// <summary>One line of a rule in words.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Text">What it says.</param>
public sealed record RuleFact(string Label, string Text);

/// <summary>The parts of a condition in words.</summary>
public static class ConditionWording
{
    /// <summary>Statuses that can be counted, with what each means.</summary>
    public static IReadOnlyList<(string Word, string Text, string Title)> Statuses { get; } =
    [
        ("sent", "Sent or rang", "A message that left, or a call that rang and nobody answered"),
        (
            "delivered",
            "Delivered or voicemail",
            "A message that arrived, or a voicemail that was reached"
        ),
        ("opened", "Opened", "An e-mail that was opened"),
        ("answered", "Answered", "A call that a person took"),
        ("replied", "Replied", "A message the customer answered"),
        ("bounced", "Bounced", "A message the address refused"),
        ("failed", "Failed", "A call that never connected, or a message that did not leave"),
    ];

    /// <summary>How a contact counts over time.</summary>
    public static IReadOnlyList<(string Word, string Text)> Periods { get; } =
    [
        ("calendar_days", "Calendar days"),
        ("rolling_hours", "Rolling hours"),
        ("calendar_week", "Calendar week"),
        ("calendar_month", "Calendar month"),
    ];

    /// <summary>"every channel", "phone and SMS".</summary>
    public static string Channels(IReadOnlyList<string> words) =>
        words.Contains("any") ? "every channel" : And([.. words.Select(Channel)]);

    /// <summary>"e-mail", "phone", "SMS".</summary>
    public static string Channel(string word) =>
        word switch
        {
            "email" => "e-mail",
            "sms" => "SMS",
            "any" => "every channel",
            _ => word,
        };

    /// <summary>The condition line by line, for those who only look and for comparisons.</summary>
    public static IReadOnlyList<RuleFact> Facts(ConditionForm condition) =>
        [.. Lines(condition).Where(f => f.Text.Length > 0)];

    /// <summary>"a, b and c".</summary>
    public static string And(IReadOnlyList<string> parts) =>
        parts.Count switch
        {
            0 => string.Empty,
            1 => parts[0],
            _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}",
        };

    /// <summary>"Fri 25 Dec 2026"; what is no date stays as it is.</summary>
    public static string Date(string text) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)
            : text;

    private static IEnumerable<RuleFact> Lines(ConditionForm condition)
    {
        yield return new("Kind", RuleKinds.Find(condition.Kind)?.Title ?? condition.Kind);
        yield return new("Channels", Channels(condition.Words("channels")));
        yield return new("At most", condition.Text("max"));
        yield return new("Period", Period(condition));
        yield return new("Per", Per(condition.Text("per")));
        yield return new("Minutes", condition.Text("minutes"));
        yield return new("Days", condition.Text("days"));
        yield return new("Within minutes", condition.Text("within_minutes"));
        yield return new("Consent at most days old", condition.Text("max_age_days"));
        yield return new("Counted channels", Channels(condition.Words("count_channels")));
        yield return new("Counted", And([.. condition.Words("count_statuses").Select(Status)]));
        yield return new(
            "Prior consent",
            condition.Flag("consent_exempt") ? "exempts a contact" : ""
        );
        yield return new(
            "Starts counting",
            condition.Flag("only_after_conversation") ? "after a conversation" : ""
        );
        foreach (var (window, index) in condition.Windows.Select((w, i) => (w, i)))
        {
            yield return new(index == 0 ? "Hours" : $"Hours {index + 1}", Window(window));
        }

        yield return new("Closed", string.Join(", ", condition.Words("closed_dates").Select(Date)));
        yield return new("Without a zone", And(condition.Words("fallback_zones")));
    }

    private static string Window(JsonWindow window)
    {
        var night = window.IsOverMidnight ? " the next day" : string.Empty;
        return $"{WeekWording.Days(window.Days)} {window.Start}–{window.End}{night}";
    }

    private static string Period(ConditionForm condition) =>
        condition.PeriodType switch
        {
            "calendar_days" =>
                $"{condition.Text("period.days")} calendar days, the day itself counts",
            "rolling_hours" => $"{condition.Text("period.hours")} hours back from the contact",
            "calendar_week" => "the calendar week, from Monday",
            "calendar_month" => "the calendar month",
            var other => other,
        };

    private static string Per(string word) =>
        word switch
        {
            "debt" => "invoice",
            _ => word,
        };

    private static string Status(string word) =>
        Statuses.FirstOrDefault(s => s.Word == word).Text?.ToLowerInvariant() ?? word;
}
