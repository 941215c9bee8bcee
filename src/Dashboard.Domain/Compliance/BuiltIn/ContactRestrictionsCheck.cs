using Dashboard.Domain.Contacts;

namespace Dashboard.Domain.Compliance.BuiltIn;

/// <summary>Channels that are never to be used for this customer. Always on.</summary>
internal sealed class ContactRestrictionsCheck()
    : GateRule(RuleHead.BuiltIn("contact_restrictions"), ChannelSet.Any)
{
    private static readonly PlainEvidence Clear = new(
        holds: true,
        "The channel is not restricted for this customer"
    );

    private static readonly Dictionary<string, ChannelSet> Meanings = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["email"] = ChannelSet.Of(Channel.Email),
        ["e-mail"] = ChannelSet.Of(Channel.Email),
        ["phone"] = ChannelSet.Of(Channel.Phone),
        ["call"] = ChannelSet.Of(Channel.Phone),
        ["voice"] = ChannelSet.Of(Channel.Phone),
        ["sms"] = ChannelSet.Of(Channel.Sms),
        ["text"] = ChannelSet.Of(Channel.Sms),
        ["all"] = ChannelSet.Any,
        ["any"] = ChannelSet.Any,
    };

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject) =>
        IsRestricted(subject)
            ? new PlainEvidence(
                holds: false,
                $"No {Words.Noun(subject.Channel)}: {Words.Plural(subject.Channel)} are never to be used for this customer",
                ("contact_restrictions", string.Join(", ", subject.Facts.ContactRestrictions))
            )
            : Clear;

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc) =>
        IsRestricted(subject) ? Never : utc;

    private static bool IsRestricted(GateCase subject)
    {
        foreach (var word in subject.Facts.ContactRestrictions)
        {
            if (
                Meanings.TryGetValue(word.Trim(), out var channels)
                && channels.Contains(subject.Channel)
            )
            {
                return true;
            }
        }
        return false;
    }
}
