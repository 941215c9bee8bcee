using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;

namespace Dashboard.Data.Changes;

/// <summary>
/// One replication connection with its temporary slot: the server forgets both as soon as the connection ends, so a
/// process that dies never makes the server keep write-ahead log.
/// </summary>
internal sealed class LogicalStream(
    string connectionString,
    NpgsqlDataSource source,
    ChangeFeedOptions options
) : IAsyncDisposable
{
    /// <summary>A stream that never pauses is handed out this often, in commits.</summary>
    private const int MostFresh = 500;

    private static readonly TimeSpan s_longestSettling = TimeSpan.FromSeconds(1);

    /// <summary>How long the end of a connection is waited for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly LogicalReplicationConnection _connection = new(
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            ReadBufferSize = 64 * 1024,
            ApplicationName = "dashboard-feed",
        }.ConnectionString
    )
    {
        WalReceiverStatusInterval = options.ConfirmEvery,
    };

    private readonly CommitCollector _commit = new(options.MostChangesPerCommit);
    private readonly HeldCommits _held = new(source);
    private readonly FeedPace _pace = new();
    private uint _transaction;
    private PgOutputReplicationSlot? _slot;

    /// <summary>The slot's name on the server.</summary>
    public string SlotName { get; } = $"dashboard_{Guid.CreateVersion7():N}";

    /// <summary>
    /// Connects and creates the slot. Who reads after this call returns sees all earlier commits; every later one will
    /// be handed out. Waits for transactions that are under way.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _connection.Open(cancellationToken);
        _slot = await _connection.CreatePgOutputReplicationSlot(
            SlotName,
            temporarySlot: true,
            LogicalSlotSnapshotInitMode.NoExport,
            cancellationToken: cancellationToken
        );
        await _held.SettleAsync(s_longestSettling, cancellationToken);
    }

    /// <summary>Hands each commit's changes to <paramref name="publish"/> until cancelled or the connection breaks.</summary>
    public async Task ReadAsync(
        Action<IReadOnlyList<Change>> publish,
        CancellationToken cancellationToken
    )
    {
        var replication = new PgOutputReplicationOptions(
            Publication.Name,
            PgOutputProtocolVersion.V1,
            binary: true
        );
        var messages = _connection.StartReplication(_slot!, replication, cancellationToken);
        // Disposed with the connection: it may have a read under way, which only the connection can end.
        var reader = messages.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var next = reader.MoveNextAsync().AsTask();
            var more =
                next.IsCompleted && _held.Fresh < MostFresh
                    ? await next
                    : await HandOutAsync(next, publish, cancellationToken);
            if (!more)
            {
                return;
            }

            await TakeAsync(reader.Current, cancellationToken);
        }
    }

    /// <summary>
    /// Confirms what has arrived, also what was none of our tables (keepalives carry that position). A temporary slot
    /// is never resumed, so confirming early loses nothing.
    /// </summary>
    public void Confirm()
    {
        if (_slot is not null)
        {
            _connection.SetReplicationStatus(_connection.LastReceivedLsn);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.DisposeAsync().AsTask().WaitAsync(Grace);
        }
        catch (TimeoutException)
        {
            // A connection that does not answer ends when the server or the network says so.
        }
    }

    /// <summary>Nothing more is buffered: hands out what shows, and what does not yet as soon as it does.</summary>
    private async Task<bool> HandOutAsync(
        Task<bool> next,
        Action<IReadOnlyList<Change>> publish,
        CancellationToken cancellationToken
    )
    {
        await _held.ReleaseAsync(publish, cancellationToken);
        if (_pace.IsBusy && !next.IsCompleted)
        {
            await Task.Delay(FeedPace.Gather, cancellationToken);
        }

        var pause = TimeSpan.FromMilliseconds(1);
        while (_held.Any && !next.IsCompleted)
        {
            await Task.WhenAny(next, Task.Delay(pause, cancellationToken));
            await _held.ReleaseAsync(publish, cancellationToken);
            pause = pause < FeedPace.Gather ? pause * 2 : pause;
        }

        return await next;
    }

    private async ValueTask TakeAsync(
        PgOutputReplicationMessage message,
        CancellationToken cancellationToken
    )
    {
        switch (message)
        {
            case BeginMessage begin:
                _transaction = begin.TransactionXid;
                _commit.Clear();
                break;
            case CommitMessage commit:
                _connection.SetReplicationStatus(commit.TransactionEndLsn);
                _pace.Commit();
                if (_commit.Take() is { Count: > 0 } changes)
                {
                    _held.Add(_transaction, changes);
                }

                break;
            case TruncateMessage truncate:
                foreach (var table in truncate.Relations)
                {
                    _commit.Add(new Change(table.RelationName, Guid.Empty));
                }

                break;
            default:
                await ReadRowAsync(message, cancellationToken);
                break;
        }
    }

    private async ValueTask ReadRowAsync(
        PgOutputReplicationMessage message,
        CancellationToken cancellationToken
    )
    {
        var (table, row) = message switch
        {
            InsertMessage insert => (insert.Relation, insert.NewRow),
            IndexUpdateMessage update => (update.Relation, update.NewRow),
            FullUpdateMessage update => (update.Relation, update.NewRow),
            UpdateMessage update => (update.Relation, update.NewRow),
            KeyDeleteMessage delete => (delete.Relation, delete.Key),
            FullDeleteMessage delete => (delete.Relation, delete.OldRow),
            _ => (null, null),
        };
        if (table is null || row is null || _commit.IsFlooded(table.RelationName))
        {
            return;
        }

        _commit.Add(await ReadKeysAsync(table.RelationName, row, cancellationToken));
    }

    private static async Task<Change> ReadKeysAsync(
        string topic,
        ReplicationTuple row,
        CancellationToken cancellationToken
    )
    {
        var key = Guid.Empty;
        Guid? customer = null;
        Guid? campaign = null;
        await foreach (var column in row.WithCancellation(cancellationToken))
        {
            if (column.IsDBNull || column.IsUnchangedToastedValue)
            {
                continue;
            }

            switch (column.GetFieldName())
            {
                case "id" or "rule_id":
                    key = await column.Get<Guid>(cancellationToken);
                    break;
                case "customer_id":
                    customer = await column.Get<Guid>(cancellationToken);
                    break;
                case "campaign_id":
                    campaign = await column.Get<Guid>(cancellationToken);
                    break;
            }
        }

        return topic switch
        {
            Topics.Customers => new Change(topic, key, CustomerId: key),
            Topics.Campaigns => new Change(topic, key, customer, CampaignId: key),
            _ => new Change(topic, key, customer, campaign),
        };
    }
}
