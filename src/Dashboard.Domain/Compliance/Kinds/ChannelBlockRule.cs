namespace Dashboard.Domain.Compliance.Kinds;

/// <summary><c>channel_block</c>: these channels are not to be used.</summary>
internal sealed class ChannelBlockRule(RuleHead head, ChannelSet channels)
    : GateRule(head, channels)
{
    /// <summary>Reads the condition.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new ChannelBlockRule(head, condition.Channels("channels"));

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject) =>
        new PlainEvidence(
            holds: false,
            Head.Action switch
            {
                RuleAction.RequireApproval =>
                    $"Each {Words.Noun(subject.Channel)} needs an approval",
                RuleAction.Escalate =>
                    $"No {Words.Noun(subject.Channel)} by itself: a person decides",
                RuleAction.LogWarning => $"A rule advises against {Words.Plural(subject.Channel)}",
                _ => $"A rule forbids {Words.Plural(subject.Channel)}",
            }
        );

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc) => Never;
}
