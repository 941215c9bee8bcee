using QRCoder;

namespace Dashboard.Web.Identity;

/// <summary>The key of an authenticator app as text and as a QR code (otpauth URI, Google Authenticator's key URI format).</summary>
internal static class AuthenticatorPicture
{
    private const string Issuer = "Escalation calls";

    /// <summary>The key in groups of four, and the picture as SVG.</summary>
    public static (string Key, string Svg) Of(string email, string key)
    {
        var issuer = Uri.EscapeDataString(Issuer);
        var uri =
            $"otpauth://totp/{issuer}:{Uri.EscapeDataString(email)}?secret={key}&issuer={issuer}&digits=6";
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        // Dark on white in both themes: scanners expect it.
        var svg = code.GetGraphic(
            4,
            "#000000",
            "#ffffff",
            drawQuietZones: true,
            SvgQRCode.SizingMode.ViewBoxAttribute
        );
        var groups = key.ToLowerInvariant().Chunk(4).Select(c => new string(c));
        return (string.Join(' ', groups), svg);
    }
}
