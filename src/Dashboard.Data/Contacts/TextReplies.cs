using Dashboard.Data.Commands;
using Dashboard.Domain.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Contacts;

/// <summary>An ordinary text answers our last one.</summary>
internal static class TextReplies
{
    /// <summary>Older messages are not what a text answers.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    /// <summary>Records it as the reply to the last text message that reached the customer; false when there is none.</summary>
    public static async Task<bool> RecordAsync(
        CommandContext context,
        InboundContact inbound,
        CancellationToken cancellationToken
    )
    {
        var since = inbound.ReceivedAt - s_longest;
        var last = await context
            .Db.ContactAttempts.Where(a =>
                a.CustomerId == inbound.CustomerId
                && a.Channel == Channel.Sms
                && a.Timestamp >= since
                && a.Timestamp <= inbound.ReceivedAt
                && a.Status != ContactStatus.Bounced
                && a.Status != ContactStatus.Failed
            )
            .OrderByDescending(a => a.Timestamp)
            .Select(a => (Guid?)a.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return last is { } attempt
            && (
                await new RecordReply(attempt, inbound.Body ?? string.Empty).RunAsync(
                    context,
                    cancellationToken
                )
            ).Succeeded;
    }
}
