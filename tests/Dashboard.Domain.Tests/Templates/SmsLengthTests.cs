using Dashboard.Domain.Templates;

namespace Dashboard.Domain.Tests.Templates;

/// <summary>3GPP TS 23.038: seven bits a character, sixteen as soon as one is outside the alphabet.</summary>
public sealed class SmsLengthTests
{
    [Theory]
    [InlineData("", 0, 1, false)]
    [InlineData("Please pay.", 11, 1, false)]
    [InlineData("10 €", 5, 1, false)] // € stands in the extension table and takes two
    [InlineData("Grüße", 5, 1, false)]
    [InlineData("Привет", 6, 1, true)]
    [InlineData("It’s due", 8, 1, true)] // a typographic apostrophe is outside the alphabet
    public void Characters_are_counted_as_the_network_counts_them(
        string text,
        int characters,
        int segments,
        bool unicode
    ) => Assert.Equal(new SmsLength(characters, segments, unicode), SmsLength.Of(text));

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('я', 70, 1)]
    [InlineData('я', 71, 2)]
    [InlineData('я', 134, 2)]
    [InlineData('я', 135, 3)]
    public void A_long_text_is_cut_into_shorter_parts(char letter, int length, int segments) =>
        Assert.Equal(segments, SmsLength.Of(new string(letter, length)).Segments);
}
