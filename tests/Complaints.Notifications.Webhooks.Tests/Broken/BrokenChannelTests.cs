using System.Reflection;
using Complaints.Notifications.Webhooks.Tests.Laws;
using Complaints.Testing.Conformance;
using Xunit.Sdk;

namespace Complaints.Notifications.Webhooks.Tests.Broken;

/// <summary>A suite that a broken channel passes is none.</summary>
public sealed class BrokenChannelTests
{
    [Theory]
    [InlineData(typeof(SaysDeliveredBeforeItIs), "A_receiver_that_refuses_for_now_is_asked_again")]
    [InlineData(typeof(MakesAnIdForEachAttempt), "A_message_that_was_delivered_is_there_with_its_id")]
    [InlineData(typeof(WritesTheAttemptIntoTheBody), "The_same_message_again_has_the_same_id_and_the_same_bytes")]
    [InlineData(typeof(GivesUpAtOnce), "A_receiver_that_is_not_there_is_asked_again")]
    [InlineData(typeof(NeverGivesUp), "A_receiver_that_refuses_for_ever_is_given_up")]
    [InlineData(typeof(TakesSilenceForConsent), "A_receiver_that_hangs_keeps_an_attempt_no_longer_than_it_may_take")]
    [InlineData(typeof(HearsNoToken), "A_receiver_that_hangs_keeps_an_attempt_no_longer_than_it_may_take")]
    [InlineData(typeof(FillsInWhatItFinds), "Words_arrive_as_they_were")]
    [InlineData(typeof(DropsWhatIsTooMuch), "As_many_at_once_as_it_says_arrive_once_each")]
    public async Task S145_A_broken_channel_is_found_by_its_law(Type channel, string law)
    {
        (await BrokenAsync(channel, law)).ShouldBeTrue();
        (await BrokenAsync(typeof(WebhookFixture), law)).ShouldBeFalse("the good one keeps it");
    }

    // Not public, so that the test runner does not take them for tests of their own.
    private sealed class Arrival<T> : ChannelArrivalLaws<T> where T : IChannelFixture, new();

    private sealed class Refusal<T> : ChannelRefusalLaws<T> where T : IChannelFixture, new();

    private sealed class Pressure<T> : ChannelPressureLaws<T> where T : IChannelFixture, new();

    private static async Task<bool> BrokenAsync(Type fixture, string name)
    {
        var (laws, law) = new[] { typeof(Arrival<>), typeof(Refusal<>), typeof(Pressure<>) }
            .Select(open => open.MakeGenericType(fixture)).Select(laws => (laws, laws.GetMethod(name))).Single(found =>
                found.Item2 is not null);
        var rows = law!.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data).DefaultIfEmpty([]);
        foreach (var row in rows)
        {
            var test = (IAsyncLifetime)Activator.CreateInstance(laws)!;
            await test.InitializeAsync();
            try
            {
                await (Task)law!.Invoke(test, row)!;
            }
            catch (XunitException)
            {
                return true;
            }
            finally
            {
                await test.DisposeAsync();
            }
        }
        return false;
    }
}
