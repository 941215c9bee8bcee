using Dashboard.Domain.Agents;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Web.Features.Agents;

/// <summary>Reads the wall in one round trip.</summary>
public sealed class AgentWallQuery(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Agents = """
        select a.id, coalesce(a.config->>'name', a.type || ' agent'), a.type, a.status, coalesce(a.config->>'wish', 'run'),
            coalesce(a.config->>'seat', 'software'), coalesce(a.current_task_count, 0), a.max_concurrent_tasks,
            a.working_hours_start, a.working_hours_end, a.timezone, a.last_active_at,
            coalesce((a.config->>'consecutive_failures')::int, 0)
        from agents a
        """;

    private const string Now = """
        select distinct on (t.assigned_agent_id) t.assigned_agent_id, t.id, t.type, c.company_name, t.started_at
        from tasks t join customers c on c.id = t.customer_id
        where t.status = 'in_progress' and t.assigned_agent_id is not null
        order by t.assigned_agent_id, t.started_at desc
        """;

    /// <summary>Ended tasks by agent, hour ago, status, and whether they ended today.</summary>
    private const string Day = """
        select t.assigned_agent_id, floor(extract(epoch from @now - t.completed_at) / 3600)::int, t.status = 'completed',
            t.completed_at >= @day, count(*)::int
        from tasks t where t.completed_at > @now - interval '24 hours' and t.status in ('completed', 'failed')
            and t.assigned_agent_id is not null
        group by 1, 2, 3, 4
        """;

    private const string Queues = """
        select t.type, count(*) filter (where t.due_at is null or t.due_at <= @now)::int,
            count(*) filter (where t.due_at > @now)::int, min(t.due_at) filter (where t.due_at <= @now)
        from tasks t where t.status = 'pending' group by 1
        """;

    /// <summary>All agents, and what waits for them.</summary>
    /// <param name="zone">IANA zone of the reader: decides when today began.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    public async Task<AgentWall> ReadAsync(string zone, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var batch = Batch(now, Times.StartOfDay(now, zone));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var agents = await ListAsync(rows, Tile);
        await rows.NextResultAsync(cancellationToken);
        var work = (await ListAsync(rows, Work)).ToDictionary(w => w.Agent, w => w.Work);
        await rows.NextResultAsync(cancellationToken);
        var ended = (await ListAsync(rows, Ended)).ToLookup(e => e.Agent);
        await rows.NextResultAsync(cancellationToken);
        var queues = await ListAsync(rows, Queue);
        return new AgentWall(
            now,
            [
                .. agents
                    .Select(a =>
                        a with
                        {
                            Now = work.GetValueOrDefault(a.Id),
                            Day = DayOf(ended[a.Id]),
                        }
                    )
                    .OrderBy(a => a.Trouble)
                    .ThenByDescending(a => a.Load / (double)a.Capacity)
                    .ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase),
            ],
            Sum(queues)
        );
    }

    private NpgsqlBatch Batch(DateTime now, DateTime day)
    {
        var batch = database.CreateBatch();
        foreach (var statement in new[] { Agents, Now, Day, Queues })
        {
            var command = new NpgsqlBatchCommand(statement);
            Add(command, "now", now);
            Add(command, "day", day);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static void Add(NpgsqlBatchCommand command, string name, DateTime utc) =>
        command.Parameters.Add(
            new NpgsqlParameter(name, NpgsqlDbType.Timestamp)
            {
                Value = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified),
            }
        );

    private static AgentTile Tile(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            EnumText.Parse<AgentType>(row.GetString(2)),
            EnumText.Parse<AgentStatus>(row.GetString(3)),
            EnumText.Parse<AgentWish>(row.GetString(4)),
            EnumText.Parse<AgentSeat>(row.GetString(5)),
            row.GetInt32(6),
            row.GetInt32(7),
            row.IsDBNull(8) || row.IsDBNull(9)
                ? null
                : new WorkingHours(row.GetFieldValue<TimeOnly>(8), row.GetFieldValue<TimeOnly>(9)),
            row.IsDBNull(10) ? null : row.GetString(10),
            Utc(row, 11),
            row.GetInt32(12),
            null,
            new AgentDay(0, 0, [])
        );

    private static (Guid Agent, CurrentWork Work) Work(NpgsqlDataReader row) =>
        (
            row.GetGuid(0),
            new CurrentWork(
                row.GetGuid(1),
                EnumText.Parse<TaskType>(row.GetString(2)),
                row.GetString(3),
                Utc(row, 4)
            )
        );

    private static EndedTasks Ended(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetInt32(1), row.GetBoolean(2), row.GetBoolean(3), row.GetInt32(4));

    private static QueueAge? Queue(NpgsqlDataReader row)
    {
        AgentType? type = EnumText.Parse<TaskType>(row.GetString(0)) switch
        {
            TaskType.SendEmail => AgentType.Email,
            TaskType.MakeCall => AgentType.Phone,
            TaskType.SendSms => AgentType.Sms,
            TaskType.ResearchCustomer => AgentType.Research,
            _ => null,
        };
        return type is { } known
            ? new QueueAge(known, row.GetInt32(1), row.GetInt32(2), Utc(row, 3))
            : null;
    }

    private static AgentDay DayOf(IEnumerable<EndedTasks> ended)
    {
        var hours = new int[24];
        var (done, failed) = (0, 0);
        foreach (var part in ended)
        {
            hours[23 - Math.Clamp(part.HoursAgo, 0, 23)] += part.Count;
            done += part is { Today: true, Completed: true } ? part.Count : 0;
            failed += part is { Today: true, Completed: false } ? part.Count : 0;
        }

        return new AgentDay(done, failed, hours);
    }

    private static List<QueueAge> Sum(List<QueueAge?> queues) =>
        [
            .. Enum.GetValues<AgentType>()
                .Select(type =>
                    queues.Find(q => q?.Type == type) ?? new QueueAge(type, 0, 0, null)
                ),
        ];

    private static DateTime? Utc(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column)
            ? null
            : DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);

    private static async Task<List<T>> ListAsync<T>(
        NpgsqlDataReader rows,
        Func<NpgsqlDataReader, T> read
    )
    {
        var list = new List<T>();
        while (await rows.ReadAsync())
        {
            list.Add(read(rows));
        }

        return list;
    }

    private sealed record EndedTasks(
        Guid Agent,
        int HoursAgo,
        bool Completed,
        bool Today,
        int Count
    );
}
