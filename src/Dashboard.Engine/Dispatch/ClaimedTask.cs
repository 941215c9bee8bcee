using Dashboard.Data.Tasks;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;

namespace Dashboard.Engine.Dispatch;

/// <summary>A task this transaction holds, its customer's row with it.</summary>
internal sealed record ClaimedTask(
    Guid Id,
    TaskType Type,
    Guid CustomerId,
    Guid? CampaignId,
    Guid? PaymentRecordId,
    Guid? PinnedAgentId,
    TaskContext Context,
    DateTime DueAt
)
{
    /// <summary>The way it would go.</summary>
    public Channel Channel { get; } = TaskTypes.ChannelOf(Type)!.Value;
}
