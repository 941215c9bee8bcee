using System.Buffers.Text;
using System.Security.Cryptography;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.OptOuts;

/// <summary>
/// Links signed with HMAC-SHA256 over customer and channel. They do not expire: an unsubscribe link in an old message must
/// still work, and it gives nothing but the right to be left alone.
/// </summary>
public sealed class HmacUnsubscribeLinks(Uri? publicAddress, byte[] key) : IUnsubscribeLinks
{
    private const int PayloadLength = 17;

    /// <inheritdoc />
    public string? Create(Guid customerId, Channel channel)
    {
        if (publicAddress is null)
        {
            return null;
        }

        Span<byte> token = stackalloc byte[PayloadLength + HMACSHA256.HashSizeInBytes];
        customerId.TryWriteBytes(token);
        token[16] = (byte)channel;
        HMACSHA256.HashData(key, token[..PayloadLength], token[PayloadLength..]);
        return new Uri(publicAddress, $"unsubscribe/{Base64Url.EncodeToString(token)}").AbsoluteUri;
    }

    /// <inheritdoc />
    public (Guid CustomerId, Channel Channel)? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[PayloadLength + HMACSHA256.HashSizeInBytes];
        if (
            !Base64Url.IsValid(token, out var length)
            || length != bytes.Length
            || !Base64Url.TryDecodeFromChars(token, bytes, out _)
        )
        {
            return null;
        }

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes[..PayloadLength], signature);
        var channel = (Channel)bytes[16];
        return
            CryptographicOperations.FixedTimeEquals(signature, bytes[PayloadLength..])
            && Enum.IsDefined(channel)
            ? (new Guid(bytes[..16]), channel)
            : null;
    }
}
