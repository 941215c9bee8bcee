using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.BuiltIn;

/// <summary>An opt-out refuses its channel, or every one, from its start (inclusive) to its end (exclusive). Always on.</summary>
internal sealed class OptOutCheck() : GateRule(RuleHead.BuiltIn("opt_out"), ChannelSet.Any)
{
    private static readonly PlainEvidence None = new(
        holds: true,
        "No opt-out is in force",
        ("opt_out", "none")
    );

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject)
    {
        OptOutFact? lifted = null;
        foreach (var optOut in subject.Facts.OptOuts)
        {
            if (!IsInForce(subject, optOut, subject.At))
            {
                continue;
            }
            if (!IsLifted(subject, optOut, subject.At))
            {
                return new Seen(false, optOut, subject);
            }
            lifted = optOut;
        }
        return lifted is null ? None : new Seen(true, lifted, subject);
    }

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc)
    {
        while (true)
        {
            var next = utc;
            foreach (var optOut in subject.Facts.OptOuts)
            {
                if (IsInForce(subject, optOut, utc) && !IsLifted(subject, optOut, utc))
                {
                    next = Math.Max(next, optOut.ExpiresAt?.Ticks ?? Never);
                }
            }
            if (next != utc)
            {
                foreach (var allowance in subject.Rules.Allowances)
                {
                    next = Math.Min(next, allowance.NextChance(subject, utc));
                }
            }
            if (next == utc || next == Never)
            {
                return next;
            }
            utc = next;
        }
    }

    private static bool IsInForce(GateCase subject, OptOutFact optOut, long utc) =>
        (optOut.Channel == OptOutChannel.All || optOut.Channel.ToText() == subject.Channel.ToText())
        && optOut.EffectiveAt.Ticks <= utc
        && (optOut.ExpiresAt is not { } end || utc < end.Ticks);

    private static bool IsLifted(GateCase subject, OptOutFact optOut, long utc)
    {
        foreach (var allowance in subject.Rules.Allowances)
        {
            if (allowance.Lifts(subject, optOut, utc))
            {
                return true;
            }
        }
        return false;
    }

    private sealed class Seen(bool holds, OptOutFact optOut, GateCase subject) : Evidence(holds)
    {
        private readonly Contacts.Channel _channel = subject.Channel;
        private readonly LocalZone? _zone = subject.Primary;

        internal override string Explain(DateTime? next)
        {
            var what = optOut.Channel == OptOutChannel.All ? "all contact" : Words.Plural(_channel);
            var since = $"opted out of {what} on {Words.Date(Local(optOut.EffectiveAt))}";
            if (Holds)
            {
                return $"The customer {since}, but this one message may go out";
            }
            if (optOut.UntilRead)
            {
                return $"No {Words.Noun(_channel)}: a message of the customer waits until a person has read it";
            }
            return optOut.ExpiresAt is { } end
                ? $"No {Words.Noun(_channel)}: the customer {since}, until {Words.Instant(end, _zone)}"
                : $"No {Words.Noun(_channel)}: the customer {since}";
        }

        internal override IReadOnlyDictionary<string, string> Facts() =>
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["opt_out"] = optOut.Channel.ToText(),
                ["effective_at"] = $"{Words.Sortable(optOut.EffectiveAt)}Z",
                ["expires_at"] = optOut.ExpiresAt is { } end ? $"{Words.Sortable(end)}Z" : "never",
            };

        private DateTime Local(DateTime utc) => _zone?.LocalAt(utc) ?? utc;
    }
}
