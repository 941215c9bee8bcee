using Dashboard.Domain.Contacts;

namespace Dashboard.Domain.Compliance;

/// <summary>Some of the channels; <c>["any"]</c> is all of them.</summary>
internal readonly record struct ChannelSet(int Bits)
{
    internal static ChannelSet Any { get; } = new(~0);

    internal static ChannelSet Of(Channel channel) => new(1 << (int)channel);

    internal bool Contains(Channel channel) => (Bits & (1 << (int)channel)) != 0;

    internal ChannelSet With(Channel channel) => new(Bits | (1 << (int)channel));

    /// <summary>The channels, each by its noun in the plural: "calls and SMS"; "contacts" for all.</summary>
    internal string Plural()
    {
        var set = this;
        var names = Enum.GetValues<Channel>().Where(set.Contains).Select(Words.Plural).ToArray();
        return names.Length == Enum.GetValues<Channel>().Length
            ? "contacts"
            : string.Join(" and ", names);
    }
}

/// <summary>Some of the attempt statuses.</summary>
internal readonly record struct StatusSet(int Bits)
{
    /// <summary>All that left and were not refused by the address or number.</summary>
    internal static StatusSet Contacts { get; } =
        default(StatusSet)
            .With(ContactStatus.Sent)
            .With(ContactStatus.Delivered)
            .With(ContactStatus.Opened)
            .With(ContactStatus.Answered)
            .With(ContactStatus.Replied);

    internal bool Contains(ContactStatus status) => (Bits & (1 << (int)status)) != 0;

    internal StatusSet With(ContactStatus status) => new(Bits | (1 << (int)status));
}
