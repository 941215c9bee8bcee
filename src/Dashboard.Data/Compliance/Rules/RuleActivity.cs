using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>What a rule said of contacts on its channels.</summary>
/// <param name="Allowed">It held.</param>
/// <param name="Warned">It only warned.</param>
/// <param name="Deferred">It blocked until later.</param>
/// <param name="Blocked">It blocked for good.</param>
/// <param name="SentToApproval">It asked for approval.</param>
/// <param name="Escalated">It gave the case to a person.</param>
public sealed record RuleFigures(
    long Allowed,
    long Warned,
    long Deferred,
    long Blocked,
    long SentToApproval,
    long Escalated
)
{
    /// <summary>Nothing at all.</summary>
    public static RuleFigures None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>All but allowed.</summary>
    public long Acted => Warned + Deferred + Blocked + SentToApproval + Escalated;

    /// <summary>Contacts it was asked about.</summary>
    public long Asked => Allowed + Acted;

    /// <summary>The sum of both.</summary>
    public RuleFigures Plus(RuleFigures other) =>
        new(
            Allowed + other.Allowed,
            Warned + other.Warned,
            Deferred + other.Deferred,
            Blocked + other.Blocked,
            SentToApproval + other.SentToApproval,
            Escalated + other.Escalated
        );
}

/// <summary>One UTC day of a rule.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Acting">While it was on.</param>
/// <param name="Shadow">What it would have done while it ran in shadow.</param>
public sealed record RuleDay(DateOnly Day, RuleFigures Acting, RuleFigures Shadow);

/// <summary>The last 30 days of a rule, today included.</summary>
/// <param name="Days">Oldest first, each day there is.</param>
public sealed record RuleActivity(IReadOnlyList<RuleDay> Days)
{
    /// <summary>How many days are looked at.</summary>
    public const int Length = 30;

    /// <summary>The sum while it was on.</summary>
    public RuleFigures Acting { get; } =
        Days.Aggregate(RuleFigures.None, (sum, d) => sum.Plus(d.Acting));

    /// <summary>The sum of what it would have done in shadow.</summary>
    public RuleFigures Shadow { get; } =
        Days.Aggregate(RuleFigures.None, (sum, d) => sum.Plus(d.Shadow));
}

/// <summary>Whether a rule is of any use.</summary>
public enum RuleUse
{
    /// <summary>It acted in the last 30 days, or nothing can be said: it is off, in shadow, or on for less than 30 days.</summary>
    Unmarked,

    /// <summary>Dead: on for 30 days, and no contact was on its channels.</summary>
    NeverAsked,

    /// <summary>Dead: on for 30 days, and it let every contact pass.</summary>
    NeverActed,
}

/// <summary>Decides what is dead, and says it.</summary>
internal static class RuleUses
{
    /// <param name="rule">As it is.</param>
    /// <param name="onSince">UTC; since when it has been on without a break.</param>
    /// <param name="activity">Its last 30 days.</param>
    /// <param name="now">UTC.</param>
    public static RuleUse Of(RuleDraft rule, DateTime? onSince, RuleActivity activity, DateTime now)
    {
        if (
            rule.State != RuleState.On
            || onSince is not { } since
            || now - since < TimeSpan.FromDays(RuleActivity.Length)
            || RuleKinds.Find(rule.Kind) is not { ActionCounts: true }
        )
        {
            return RuleUse.Unmarked;
        }

        return activity.Acting switch
        {
            { Asked: 0 } => RuleUse.NeverAsked,
            { Acted: 0 } => RuleUse.NeverActed,
            _ => RuleUse.Unmarked,
        };
    }

    /// <summary>For a tooltip; null when there is nothing to say.</summary>
    public static string? Explain(RuleUse use, RuleActivity activity) =>
        use switch
        {
            RuleUse.NeverAsked =>
                "On for 30 days, and no contact was on its channels. Check the channels, or turn it off.",
            RuleUse.NeverActed => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"On for 30 days, and all {activity.Acting.Allowed:#,0} contacts passed. Another rule may be stricter, or everybody keeps it."
            ),
            _ => null,
        };
}
