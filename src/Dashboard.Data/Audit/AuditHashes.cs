using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Data.Audit;

/// <summary>The keyed hashes of rows and seals. Not for several threads at once.</summary>
internal sealed class AuditHashes(AuditKey key) : IDisposable
{
    private static readonly byte[] s_row = "audit-row/1"u8.ToArray();
    private static readonly byte[] s_seal = "audit-seal/1"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(
        HashAlgorithmName.SHA256,
        key.Bytes
    );

    /// <summary>HMAC-SHA256 over every column of a row.</summary>
    public byte[] Row(in AuditRowImage row)
    {
        _buffer.ResetWrittenCount();
        row.Encode(_buffer);
        _hash.AppendData(s_row);
        _hash.AppendData(_buffer.WrittenSpan);
        return _hash.GetHashAndReset();
    }

    /// <summary>
    /// HMAC-SHA256 over the previous seal's hash, the seal's own number, time, number of rows and snapshot, and key and hash of
    /// each row in order. Everything of variable length is preceded by its length.
    /// </summary>
    public byte[] Seal(byte[]? previous, SealHead seal, IEnumerable<(Guid Id, byte[] Hash)> rows)
    {
        _hash.AppendData(s_seal);
        Append(previous ?? []);
        Append(seal.Number);
        Append(seal.SealedAt);
        Append(seal.Rows);
        Append(Encoding.UTF8.GetBytes(seal.Snapshot));
        Span<byte> id = stackalloc byte[16];
        foreach (var (rowId, hash) in rows)
        {
            rowId.TryWriteBytes(id, bigEndian: true, out _);
            _hash.AppendData(id);
            Append(hash);
        }

        return _hash.GetHashAndReset();
    }

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();

    private void Append(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _hash.AppendData(bytes);
    }

    private void Append(byte[] value)
    {
        Append(value.LongLength);
        _hash.AppendData(value);
    }
}

/// <summary>What a seal says besides its rows.</summary>
/// <param name="Number">1, 2, 3, …</param>
/// <param name="SealedAt">µs since 2000, UTC.</param>
/// <param name="Rows">How many rows it seals.</param>
/// <param name="Snapshot">See <see cref="SealSnapshot"/>.</param>
internal sealed record SealHead(long Number, long SealedAt, int Rows, string Snapshot);
