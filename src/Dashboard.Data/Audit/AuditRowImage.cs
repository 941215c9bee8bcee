using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Dashboard.Data.Audit;

/// <summary>Every column of an audit row in the form that is hashed.</summary>
/// <param name="Microseconds">The timestamp as PostgreSQL keeps it: µs since 2000-01-01 UTC, the ends of the range for ±infinity.</param>
internal readonly record struct AuditRowImage(
    Guid Id,
    string EntityType,
    Guid EntityId,
    string Action,
    string? ActorType,
    string? ActorId,
    string? Changes,
    string? Metadata,
    string? IpAddress,
    string? UserAgent,
    long Microseconds
)
{
    /// <summary>Number of columns that <see cref="Columns"/> reads.</summary>
    public const int ColumnCount = 11;

    /// <summary>
    /// The columns of <c>public.audit_logs a</c> in the order of <see cref="Read"/>: documents and addresses in the text that
    /// PostgreSQL makes of them, which is one for each value; the time in its binary form, which holds every value.
    /// </summary>
    public const string Columns =
        "a.id, a.entity_type, a.entity_id, a.action, a.actor_type, a.actor_id, a.changes::text, a.metadata::text, "
        + "a.ip_address::text, a.user_agent, timestamp_send(a.timestamp)";

    private static readonly DateTime s_epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The timestamp, UTC; the nearest that .NET can say.</summary>
    public DateTime Time => ToTime(Microseconds);

    /// <summary>Reads the columns from <paramref name="first"/> on; null when there is no row (an outer join).</summary>
    public static AuditRowImage? Read(NpgsqlDataReader row, int first) =>
        row.IsDBNull(first)
            ? null
            : new AuditRowImage(
                row.GetGuid(first),
                row.GetString(first + 1),
                row.GetGuid(first + 2),
                row.GetString(first + 3),
                Text(row, first + 4),
                Text(row, first + 5),
                Text(row, first + 6),
                Text(row, first + 7),
                Text(row, first + 8),
                Text(row, first + 9),
                BinaryPrimitives.ReadInt64BigEndian(row.GetFieldValue<byte[]>(first + 10))
            );

    /// <summary>µs since 2000 of a UTC instant.</summary>
    public static long ToMicroseconds(DateTime utc) =>
        (utc.Ticks - s_epoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant of µs since 2000, UTC; the ends of .NET's range beyond them.</summary>
    public static DateTime ToTime(long microseconds)
    {
        var low = (DateTime.MinValue.Ticks - s_epoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var high = (DateTime.MaxValue.Ticks - s_epoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        return s_epoch.AddTicks(Math.Clamp(microseconds, low, high) * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>
    /// Writes the encoding: for each column a mark (0 = null, 1 = a value) and for values their length and bytes. It can be
    /// read back in one way only, so two rows that differ anywhere never encode alike.
    /// </summary>
    public void Encode(IBufferWriter<byte> output)
    {
        Write(output, Id);
        Write(output, EntityType);
        Write(output, EntityId);
        Write(output, Action);
        Write(output, ActorType);
        Write(output, ActorId);
        Write(output, Changes);
        Write(output, Metadata);
        Write(output, IpAddress);
        Write(output, UserAgent);
        var time = Head(output, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(time, Microseconds);
        output.Advance(HeadLength + sizeof(long));
    }

    private const int HeadLength = 1 + sizeof(int);

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static void Write(IBufferWriter<byte> output, Guid value)
    {
        value.TryWriteBytes(Head(output, 16), bigEndian: true, out _);
        output.Advance(HeadLength + 16);
    }

    private static void Write(IBufferWriter<byte> output, string? value)
    {
        if (value is null)
        {
            output.GetSpan(1)[0] = 0;
            output.Advance(1);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Head(output, length));
        output.Advance(HeadLength + length);
    }

    /// <summary>Writes mark and length without advancing; the place for the value's bytes.</summary>
    private static Span<byte> Head(IBufferWriter<byte> output, int length)
    {
        var span = output.GetSpan(HeadLength + length);
        span[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], length);
        return span.Slice(HeadLength, length);
    }
}
