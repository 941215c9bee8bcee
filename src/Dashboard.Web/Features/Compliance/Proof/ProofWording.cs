using System.Globalization;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Domain.Contacts;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Compliance.Proof;

/// <summary>Proofs in words.</summary>
internal static class ProofWording
{
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["do_not_contact"] = "Do not contact",
        ["opt_out"] = "Opt-out",
        ["contact_restrictions"] = "Channel never to be used",
        ["preferred_window"] = "Hours the customer asked for",
        ["clearance"] = "Evidence",
        ["campaign_time_zone"] = "Campaign: time zone",
        ["campaign_business_hours"] = "Campaign: hours",
        ["campaign_max_daily_contacts"] = "Campaign: contacts a day",
        ["campaign_cooldown"] = "Campaign: pause between contacts",
    };

    /// <summary>Colour, icon and word of a run.</summary>
    public static StateLook Look(ProofRow run) =>
        run.Status switch
        {
            ProofStatus.Running => run.IsTaken
                ? StateLook.Progress("Running")
                : StateLook.Waiting("Waiting for an engine"),
            ProofStatus.Cancelled => StateLook.Cancelled(),
            ProofStatus.Failed => StateLook.Failed(),
            _ when !ProofSentence.IsWorth(run.Planted, run.Found) => StateLook.Failed("Worthless"),
            _ when run.Violations > 0 => StateLook.Blocked("Violations"),
            _ => new StateLook("done", "verified_user", "Proved"),
        };

    /// <summary>The run in one sentence.</summary>
    public static string Headline(ProofRow run) =>
        run.Status switch
        {
            ProofStatus.Running when !run.IsTaken => "Waiting for an engine to take it up.",
            ProofStatus.Running => Text(
                $"{run.Checked:N0} of {run.Total:N0} contacts checked so far."
            ),
            ProofStatus.Cancelled => Text(
                $"Cancelled after {run.Checked:N0} contacts; nothing is claimed of the period."
            ),
            ProofStatus.Failed => $"It could not be finished: {run.Failure}",
            _ => ProofSentence.Of(run.Checked, run.Violations, run.Planted, run.Found),
        };

    /// <summary>What has to be said beside the sentence; null = nothing.</summary>
    public static string? Warning(ProofRow run)
    {
        if (run.Status != ProofStatus.Done)
        {
            return null;
        }

        if (!ProofSentence.IsWorth(run.Planted, run.Found))
        {
            return $"This proof is worth nothing: {Count(run.Planted - run.Found, "planted violation was", "planted violations were")} not noticed, so a real one might not be either.";
        }

        List<string> more = [];
        if (run.Defects > 0)
        {
            more.Add(
                $"{Count(run.Defects, "contact has", "contacts have")} missing or wrong evidence"
            );
        }

        if (run.KnownLater > 0)
        {
            more.Add(
                $"{Count(run.KnownLater, "contact would", "contacts would")} be refused on what became known later"
            );
        }

        if (run.History > 0)
        {
            more.Add(
                $"{Count(run.History, "contact is", "contacts are")} from before rules were kept here and {(run.History == 1 ? "is" : "are")} counted apart"
            );
        }

        return more.Count == 0 ? null : $"{string.Join("; ", more)}.";
    }

    /// <summary>The name of a rule or of something built in.</summary>
    public static string Rule(Guid? id, string name) =>
        id is null && BuiltIn.TryGetValue(name, out var words) ? words : name;

    /// <summary>What a rule that did not hold means.</summary>
    public static string Effect(BreachEffect effect) =>
        effect switch
        {
            BreachEffect.NeedsApproval => "needed an approval",
            BreachEffect.NeedsPerson => "a person had to take over",
            BreachEffect.Warned => "warned",
            _ => "must not happen",
        };

    /// <summary>"Call", "E-mail", "Text message".</summary>
    public static string Channel(Channel channel) =>
        channel switch
        {
            Domain.Contacts.Channel.Phone => "Call",
            Domain.Contacts.Channel.Sms => "Text message",
            _ => "E-mail",
        };

    /// <summary>"0.8 s", "2 min".</summary>
    public static string Took(ProofRow run) =>
        run.FinishedAt is not { } end ? "–"
        : end - run.StartedAt is var took && took < TimeSpan.FromMinutes(1)
            ? Text($"{Math.Max(0, took.TotalSeconds):0.0} s")
        : Times.Distance(took);

    private static string Count(int count, string one, string many) =>
        Text($"{count:N0} {(count == 1 ? one : many)}");

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
