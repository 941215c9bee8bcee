using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Dashboard.Web.Hosting;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Dashboard.Web.Identity;

/// <summary>Encrypts the key ring with AES-256-GCM before it reaches the database.</summary>
internal sealed class KeyRingEncryptor(InstallationSecret secret) : IXmlEncryptor
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const string Purpose = "key-ring";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(
            plaintextElement.ToString(SaveOptions.DisableFormatting)
        );
        var box = new byte[NonceLength + plain.Length + TagLength];
        var nonce = box.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(secret.KeyFor(Purpose), TagLength);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceLength, plain.Length), box.AsSpan(^TagLength..));
        return new EncryptedXmlInfo(
            new XElement("box", Convert.ToBase64String(box)),
            typeof(KeyRingDecryptor)
        );
    }

    /// <summary>Throws <see cref="CryptographicException"/> when another secret encrypted it.</summary>
    internal static XElement Decrypt(InstallationSecret secret, XElement element)
    {
        var box = Convert.FromBase64String(element.Value).AsSpan();
        var plain = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(secret.KeyFor(Purpose), TagLength);
        aes.Decrypt(box[..NonceLength], box[NonceLength..^TagLength], box[^TagLength..], plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}

/// <summary>The other way; data protection makes it by itself.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        KeyRingEncryptor.Decrypt(
            services.GetRequiredService<InstallationSecret>(),
            encryptedElement
        );
}
