namespace Dashboard.Domain.Templates;

/// <summary>
/// How a text message is cut (3GPP TS 23.038 and 23.040): 160 characters of the GSM alphabet or 70 of UCS-2 in one message,
/// 153 or 67 in each part of a longer one.
/// </summary>
/// <param name="Characters">Characters that count; those of the extension table count twice.</param>
/// <param name="Segments">Messages it is sent and charged as.</param>
/// <param name="IsUnicode">A character outside the GSM alphabet makes every part shorter.</param>
public readonly record struct SmsLength(int Characters, int Segments, bool IsUnicode)
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    /// <summary>The length of <paramref name="text"/>.</summary>
    public static SmsLength Of(string text)
    {
        if (text.Any(c => !Basic.Contains(c) && !Extension.Contains(c)))
        {
            return new(text.Length, Parts(text.Length, 70, 67), true);
        }

        var characters = text.Length + text.Count(c => Extension.Contains(c));
        return new(characters, Parts(characters, 160, 153), false);
    }

    private static int Parts(int characters, int alone, int each) =>
        characters <= alone ? 1 : (characters + each - 1) / each;
}
