using System.Globalization;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>What a rule that does not hold means for the contact, harder later.</summary>
public enum BreachEffect
{
    /// <summary>The contact may happen; it is noted.</summary>
    Warned,

    /// <summary>It needed a person's approval.</summary>
    NeedsApproval,

    /// <summary>A person had to take over.</summary>
    NeedsPerson,

    /// <summary>It must not happen.</summary>
    Forbidden,
}

/// <summary>A rule, or something built in, that did not hold.</summary>
/// <param name="RuleId">Null for what is built in.</param>
/// <param name="Rule">Its name.</param>
/// <param name="Effect">What that means.</param>
/// <param name="Sentence">Why.</param>
public sealed record Breach(Guid? RuleId, string Rule, BreachEffect Effect, string Sentence);

/// <summary>
/// The second opinion: was this contact allowed at this instant, and if not, why? Written apart from the compliance gate and by
/// other means (no search for the next instant, the framework's own zones, every condition read and counted the plain way), so
/// that a mistake would have to be made twice. Nothing of the gate is used here; an architecture test holds that.
/// </summary>
internal static class Judge
{
    /// <summary>Everything that did not hold; empty = the contact was fine.</summary>
    internal static List<Breach> Look(Moment moment, IReadOnlyList<StatedRule> rules)
    {
        var breaches = new List<Breach>();
        void Note(string name, string? sentence)
        {
            if (sentence is not null)
            {
                breaches.Add(new Breach(null, name, BreachEffect.Forbidden, sentence));
            }
        }

        Note("do_not_contact", DoNotContact(moment));
        Note("opt_out", OptOut(moment, rules));
        Note("contact_restrictions", Restriction(moment));
        Note("preferred_window", Hours.Preferred(moment));
        foreach (var rule in rules)
        {
            if (rule.Concerns(moment.Channel) && rule.Breach(moment) is { } sentence)
            {
                breaches.Add(new Breach(rule.Id, rule.Name, rule.Effect, sentence));
            }
        }

        foreach (var (name, sentence) in CampaignCheck.Look(moment))
        {
            Note(name, sentence);
        }

        return breaches;
    }

    private static string? DoNotContact(Moment moment) =>
        moment.Customer.DoNotContact ? "The customer was marked do not contact" : null;

    private static string? OptOut(Moment moment, IReadOnlyList<StatedRule> rules) =>
        moment
            .Customer.OptOuts.Where(o =>
                (o.Channel == OptOutChannel.All || o.Channel.ToText() == moment.Channel.ToText())
                && o.From <= moment.At
                && (o.Until is null || moment.At < o.Until)
                && !rules.Any(r => r.Lifts?.Invoke(moment, o) == true)
            )
            .Select(o =>
                $"The customer had opted out of {(o.Channel == OptOutChannel.All ? "all contact" : o.Channel.ToText())} on "
                + o.From.ToString("d MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
            )
            .FirstOrDefault();

    private static string? Restriction(Moment moment)
    {
        foreach (var word in moment.Customer.Restrictions.Select(r => r.Trim().ToLowerInvariant()))
        {
            var channel = word switch
            {
                "e-mail" => "email",
                "call" or "voice" => "phone",
                "text" => "sms",
                _ => word,
            };
            if (channel is "all" or "any" || channel == moment.Channel.ToText())
            {
                return $"The customer's record said never to use {moment.Channel.ToText()}";
            }
        }

        return null;
    }
}

/// <summary>A stored rule, read for the second opinion.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The rule's <c>updated_at</c>.</param>
/// <param name="Effect">What it means when it does not hold.</param>
/// <param name="Concerns">The channels it is about.</param>
/// <param name="Breach">Why it does not hold; null = it holds.</param>
internal sealed record StatedRule(
    Guid Id,
    string Name,
    DateTime Version,
    BreachEffect Effect,
    Func<Domain.Contacts.Channel, bool> Concerns,
    Func<Moment, string?> Breach
)
{
    /// <summary>For exceptions: whether it lets the contact through in spite of the opt-out.</summary>
    internal Func<Moment, OptOutThen, bool>? Lifts { get; init; }

    /// <summary>It cannot be read; it forbids everything.</summary>
    internal bool IsBroken { get; init; }

    /// <summary>The effect of a stored action.</summary>
    internal static BreachEffect EffectOf(RuleAction action) =>
        action switch
        {
            RuleAction.LogWarning => BreachEffect.Warned,
            RuleAction.RequireApproval => BreachEffect.NeedsApproval,
            RuleAction.Escalate => BreachEffect.NeedsPerson,
            _ => BreachEffect.Forbidden,
        };
}
