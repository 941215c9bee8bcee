using Dashboard.Data.Sql;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>A task this transaction holds, its customer's row with it.</summary>
/// <param name="AgentId">The agent it is meant for (pending) or that has taken it (assigned).</param>
/// <param name="Status">Pending or assigned.</param>
internal sealed record ClaimedTask(
    Guid Id,
    TaskType Type,
    Guid CustomerId,
    Guid? CampaignId,
    Guid? PaymentRecordId,
    Guid? AgentId,
    AgentTaskStatus Status,
    TaskContext Context,
    DateTime DueAt
)
{
    /// <summary>The way it would go.</summary>
    public Channel Channel { get; } = TaskTypes.ChannelOf(Type)!.Value;

    /// <summary>Reads a row of Claim.sql or ClaimOne.sql.</summary>
    public static ClaimedTask Read(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            EnumText.Parse<TaskType>(row.GetString(1)),
            row.GetGuid(2),
            row.KeyOrNull(3),
            row.KeyOrNull(4),
            row.KeyOrNull(5),
            EnumText.Parse<AgentTaskStatus>(row.GetString(6)),
            JsonShape.Read<TaskContext>(row.GetString(7)),
            row.Utc(8)
        );
}
