using Dashboard.Domain.Contacts;

namespace Dashboard.Domain.Compliance;

/// <summary>
/// Direction, channel and status of a past contact as one number below 64, so that what a rule counts is a set of bits and
/// choosing costs one shift: bits 0–2 the status (7 = answered, but nobody spoke), bits 3–4 the channel, bit 5 inbound.
/// </summary>
internal static class Traits
{
    private const int Silent = 7;
    private const int ChannelShift = 3;
    private const int Inbound = 1 << 5;

    /// <summary>A person spoke on the phone, whoever started the call.</summary>
    internal static readonly ulong Conversations =
        Bit(Channel.Phone, (int)ContactStatus.Answered)
        | Bit(Channel.Phone, (int)ContactStatus.Answered) << Inbound;

    /// <summary>The number of a contact.</summary>
    internal static byte Of(PastContact contact)
    {
        var silent = contact.Status == ContactStatus.Answered && !contact.IsConversation;
        var status = silent ? Silent : (int)contact.Status;
        return (byte)(
            status | (int)contact.Channel << ChannelShift | (contact.Inbound ? Inbound : 0)
        );
    }

    /// <summary>Outbound contacts on these channels that got this far.</summary>
    internal static ulong Outbound(ChannelSet channels, StatusSet statuses)
    {
        var traits = 0UL;
        foreach (var channel in Enum.GetValues<Channel>())
        {
            foreach (var status in Enum.GetValues<ContactStatus>())
            {
                if (channels.Contains(channel) && statuses.Contains(status))
                {
                    traits |= Bit(channel, (int)status);
                    traits |= status == ContactStatus.Answered ? Bit(channel, Silent) : 0;
                }
            }
        }
        return traits;
    }

    internal static bool IsInbound(byte traits) => (traits & Inbound) != 0;

    internal static Channel ChannelOf(byte traits) => (Channel)(traits >> ChannelShift & 0b11);

    private static ulong Bit(Channel channel, int status) =>
        1UL << (status | (int)channel << ChannelShift);
}
