using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;

namespace Dashboard.Data.Changes;

/// <summary>
/// One replication connection with its temporary slot: the server forgets both as soon as the connection ends, so a
/// process that dies never makes the server keep write-ahead log.
/// </summary>
internal sealed class LogicalStream(string connectionString, ChangeFeedOptions options)
    : IAsyncDisposable
{
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
    private readonly FeedPace _pace = new();
    private PgOutputReplicationSlot? _slot;

    /// <summary>The slot's name on the server.</summary>
    public string SlotName { get; } = $"dashboard_{Guid.CreateVersion7():N}";

    /// <summary>
    /// Connects and creates the slot. Every commit after this call returns will be handed out. Waits for transactions
    /// that are under way.
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
        await using var reader = messages.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var next = reader.MoveNextAsync();
            if (!next.IsCompleted && _pace.IsBusy)
            {
                await Task.Delay(FeedPace.Gather, cancellationToken);
            }

            if (!await next)
            {
                return;
            }

            await TakeAsync(reader.Current, publish, cancellationToken);
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

    private async ValueTask TakeAsync(
        PgOutputReplicationMessage message,
        Action<IReadOnlyList<Change>> publish,
        CancellationToken cancellationToken
    )
    {
        switch (message)
        {
            case BeginMessage:
                _commit.Clear();
                break;
            case CommitMessage commit:
                _connection.SetReplicationStatus(commit.TransactionEndLsn);
                _pace.Commit();
                if (_commit.Take() is { Count: > 0 } changes)
                {
                    publish(changes);
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
                case "id":
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
