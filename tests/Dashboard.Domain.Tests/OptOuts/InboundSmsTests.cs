using System.Text.Json;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Domain.Tests.OptOuts;

/// <summary>The public keyword lines and what lies between them.</summary>
public sealed class InboundSmsTests
{
    /// <summary>Text, state before, acceptable answers, reason.</summary>
    public static TheoryData<string, string, string[], string> Lines =>
        [
            .. SharedFiles
                .Lines("compliance", "keywords-public.jsonl")
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Select(v =>
                    (
                        v.GetProperty("inbound_sms").GetString()!,
                        v.GetProperty("state_before").GetString()!,
                        v.GetProperty("acceptable")
                            .EnumerateArray()
                            .Select(a => a.GetString()!)
                            .ToArray(),
                        v.GetProperty("expected").GetString()!
                    )
                ),
        ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_text_means_what_the_public_line_says(
        string text,
        string before,
        string[] acceptable,
        string expected
    )
    {
        var meaning = InboundSms.Recognise(text, optedOut: before == "opted_out");

        Assert.Contains(meaning.Intent.ToText(), acceptable);
        Assert.Equal(expected, meaning.Intent.ToText());
    }

    [Theory]
    [InlineData("ＳＴＯＰ")]
    [InlineData("\u200BStop\uFE0F \U0001F6D1")]
    [InlineData("S.T.O.P")]
    [InlineData("stooopp!!!")]
    [InlineData("STOP\n\nSent from my phone")]
    [InlineData("Stop, please. Thank you")]
    [InlineData("ARRÊT")]
    [InlineData("stop stop stop")]
    [InlineData("I’d like to opt out")]
    [InlineData("DON’T text me again")]
    [InlineData("take me off your list")]
    public void Width_case_accents_and_politeness_do_not_hide_an_opt_out(string text) =>
        Assert.Equal(SmsIntent.OptOut, InboundSms.Recognise(text, optedOut: false).Intent);

    [Theory]
    [InlineData("stpo")]
    [InlineData("Can you stop?")]
    [InlineData("Don't call me before noon")]
    [InlineData("please don't stop texting me")]
    [InlineData("talk to my lawyer")]
    [InlineData("\U0001F6D1")]
    public void What_is_unclear_goes_to_a_person(string text) =>
        Assert.Equal(SmsIntent.Review, InboundSms.Recognise(text, optedOut: false).Intent);

    [Theory]
    [InlineData("My friend quite likes weekends")]
    [InlineData("I paid at the end of March")]
    [InlineData("")]
    [InlineData("ok")]
    public void Keywords_inside_words_and_sentences_mean_nothing(string text) =>
        Assert.Equal(SmsIntent.None, InboundSms.Recognise(text, optedOut: false).Intent);

    [Fact]
    public void A_wish_about_all_contact_is_told_apart() =>
        Assert.Equal(
            (true, false),
            (
                InboundSms.Recognise("Do not contact me again", false).EveryChannel,
                InboundSms.Recognise("stop texting me", false).EveryChannel
            )
        );

    [Fact]
    public void Only_someone_who_opted_out_can_opt_in()
    {
        Assert.Equal(SmsIntent.OptIn, InboundSms.Recognise("Start", optedOut: true).Intent);
        Assert.Equal(SmsIntent.None, InboundSms.Recognise("Start", optedOut: false).Intent);
        Assert.Equal(SmsIntent.Review, InboundSms.Recognise("yes call me", optedOut: true).Intent);
    }
}
