using System.Buffers;
using Dashboard.Data.Audit;
using Xunit;

namespace Dashboard.Data.Tests.Audit;

public sealed class AuditRowImageTests
{
    private static readonly AuditRowImage s_row = new(
        Guid.Parse("0192f5c0-0000-7000-8000-000000000001"),
        "task",
        Guid.Parse("0192f5c0-0000-7000-8000-000000000002"),
        "updated",
        "user",
        "ann",
        """{"a": 1}""",
        """{"b": 2}""",
        "203.0.113.7/32",
        "Probe/1.0",
        812_345_678_901_234
    );

    /// <summary>Rows that look alike to anything careless: shifted fields, empty for null, one microsecond, one bit of a key.</summary>
    public static TheoryData<string> Names => [.. Rows().Select(r => r.Name)];

    [Fact]
    public void No_two_of_the_rows_encode_alike()
    {
        var encodings = Rows().Select(r => Convert.ToHexString(Encode(r.Row))).ToList();

        Assert.True(encodings.Count > 25);
        Assert.Equal(encodings.Count, encodings.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_encoding_is_read_back_into_exactly_its_row(string name)
    {
        var row = Rows().Single(r => r.Name == name).Row;

        Assert.Equal(row, Decode(Encode(row)));
    }

    [Fact]
    public void The_hash_depends_on_the_key()
    {
        using var mine = new AuditHashes(new AuditKey(new byte[32]));
        using var other = new AuditHashes(new AuditKey([.. new byte[31], 1]));

        Assert.Equal(mine.Row(s_row), mine.Row(s_row));
        Assert.NotEqual(mine.Row(s_row), other.Row(s_row));
    }

    private static IEnumerable<(string Name, AuditRowImage Row)> Rows()
    {
        yield return ("as it is", s_row);
        yield return ("ids swapped", s_row with { Id = s_row.EntityId, EntityId = s_row.Id });
        yield return (
            "type and action shifted",
            s_row with
            {
                EntityType = "tasku",
                Action = "pdated",
            }
        );
        yield return (
            "action and actor shifted",
            s_row with
            {
                Action = "update",
                ActorType = "duser",
            }
        );
        yield return ("actor shifted", s_row with { ActorType = "usera", ActorId = "nn" });
        yield return ("actor shifted back", s_row with { ActorType = "us", ActorId = "erann" });
        yield return (
            "documents swapped",
            s_row with
            {
                Changes = s_row.Metadata,
                Metadata = s_row.Changes,
            }
        );
        yield return (
            "documents in one",
            s_row with
            {
                Changes = s_row.Changes + s_row.Metadata,
                Metadata = "",
            }
        );
        yield return (
            "address in agent",
            s_row with
            {
                IpAddress = null,
                UserAgent = "203.0.113.7/32Probe/1.0",
            }
        );
        yield return ("other mask", s_row with { IpAddress = "203.0.113.7/24" });
        yield return ("a microsecond later", s_row with { Microseconds = s_row.Microseconds + 1 });
        yield return ("infinity", s_row with { Microseconds = long.MaxValue });
        yield return ("minus infinity", s_row with { Microseconds = long.MinValue });
        yield return ("a NUL-like text", s_row with { UserAgent = "\u0001" });
        yield return ("not ASCII", s_row with { ActorId = "Łódź 東京 🙂" });
        yield return ("decomposed", s_row with { ActorId = "Ło\u0301dz\u0301 東京 🙂" });
        var blanks = new (string, Func<string?, AuditRowImage>)[]
        {
            ("actor type", v => s_row with { ActorType = v }),
            ("actor id", v => s_row with { ActorId = v }),
            ("changes", v => s_row with { Changes = v }),
            ("metadata", v => s_row with { Metadata = v }),
            ("address", v => s_row with { IpAddress = v }),
            ("user agent", v => s_row with { UserAgent = v }),
        };
        foreach (var (column, set) in blanks)
        {
            yield return ($"{column} null", set(null));
            yield return ($"{column} empty", set(""));
            yield return ($"{column} the word null", set("null"));
        }
    }

    private static byte[] Encode(AuditRowImage row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        row.Encode(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static AuditRowImage Decode(byte[] bytes)
    {
        var at = 0;
        var row = new AuditRowImage(
            new Guid(Field()!, bigEndian: true),
            Text()!,
            new Guid(Field()!, bigEndian: true),
            Text()!,
            Text(),
            Text(),
            Text(),
            Text(),
            Text(),
            Text(),
            System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(Field())
        );
        Assert.Equal(bytes.Length, at);
        return row;

        string? Text() => Field() is { } value ? System.Text.Encoding.UTF8.GetString(value) : null;

        byte[]? Field()
        {
            if (bytes[at++] == 0)
            {
                return null;
            }

            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(
                bytes.AsSpan(at)
            );
            var value = bytes.AsSpan(at + 4, length).ToArray();
            at += 4 + length;
            return value;
        }
    }
}
