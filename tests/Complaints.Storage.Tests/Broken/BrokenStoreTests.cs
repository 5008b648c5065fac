using Complaints.Storage.Tests.Laws;

namespace Complaints.Storage.Tests.Broken;

/// <summary>A suite that a broken store passes is none.</summary>
public sealed class BrokenStoreTests
{
    [Theory]
    [InlineData(typeof(ForgetsTheMessages), "Every_message_of_a_commit_waits_to_be_sent")]
    [InlineData(typeof(ForgetsTheMessages), "What_lies_beside_histories_is_read_as_it_was_committed")]
    [InlineData(typeof(ForgetsTheCommandRow), "A_command_id_that_was_used_is_a_conflict_on_a_new_complaint")]
    [InlineData(typeof(ForgetsTheLastEvent), "The_chain_leads_to_the_head")]
    [InlineData(typeof(LooksAtOneComplaintOnly), "A_decision_on_another_complaint_that_has_changed_is_a_conflict")]
    [InlineData(typeof(ForgetsRemovedTimers), "Removing_a_timer_leaves_the_others")]
    [InlineData(typeof(TruncatesInstantsToMilliseconds), "Instants_come_back_to_the_microsecond")]
    [InlineData(typeof(IgnoresTheVersion), "A_stale_version_is_a_conflict")]
    [InlineData(typeof(IgnoresTheTenant), "Another_tenants_complaint_is_not_loaded")]
    [InlineData(typeof(CountsTheLoadOfWhatHasEnded), "S038_The_loads_of_those_who_are_asked_for_come_along")]
    [InlineData(typeof(HandsNumbersOutTwice), "Blocks_of_numbers_follow_each_other_from_one")]
    [InlineData(typeof(WritesHalfOfAConflict), "A_conflict_writes_no_message_timer_lookup_or_key")]
    [InlineData(typeof(ImportsTwice), "What_is_known_under_its_sources_id_is_left_out")]
    [InlineData(typeof(KeepsAHundredEvents), "A_commit_of_many_parts_is_written_whole")]
    [InlineData(typeof(EndsBodiesAtAZero), "Events_may_hold_any_byte")]
    [InlineData(typeof(LeavesMovedTimersWhereTheyWere), "A_timer_that_was_moved_is_due_at_its_new_instant_only")]
    [InlineData(typeof(FindsTheLatestDueFirst), "Due_timers_are_found_in_order_and_none_before_its_time")]
    [InlineData(typeof(LeavesTheLastDueTimerOut), "R13_every_due_timer_is_found_once_when_what_was_found_is_removed")]
    [InlineData(typeof(TrimsDefinitions), "A_definitions_text_comes_back_character_for_character")]
    [InlineData(typeof(ForgetsImportedLookups), "Lookups_and_keys_of_an_import_are_kept")]
    [InlineData(typeof(KeepsKeysOfWhatIsLeftOut), "What_is_left_out_leaves_nothing_behind")]
    [InlineData(typeof(BelievesWhoLostItsLease), "R08_Who_lost_its_lease_to_another_settles_nothing")]
    [InlineData(typeof(CountsWhatWasReleased), "What_was_released_comes_again_and_its_claim_was_no_attempt")]
    [InlineData(typeof(HandsOutWithoutALease), "What_was_claimed_is_not_claimed_again_before_the_lease_is_over")]
    [InlineData(typeof(ReplaysWhatWaits), "Neither_a_waiting_nor_a_delivered_message_is_replayed")]
    [InlineData(typeof(ClaimsForNobody), "R06_What_was_claimed_is_not_claimed_again_until_it_is_given_back")]
    [InlineData(typeof(BeginsEveryBatchAtTheFront), "R13_A_round_of_claims_visits_every_complaint_once")]
    [InlineData(typeof(WritesPartOfABatch), "R06_A_command_id_that_was_used_leaves_the_whole_batch_unwritten")]
    [InlineData(typeof(WritesAfterItsLease), "R08_Who_was_silent_beyond_its_lease_writes_nothing")]
    [InlineData(typeof(KeepsALeaseUntilSomebodyTakesOver), "R08_What_is_committed_after_the_lease_is_refused_also_if_nobody_took_over")]
    [InlineData(typeof(RepairsWhatHasMovedOn), "A_repair_of_a_complaint_that_has_moved_on_changes_nothing")]
    [InlineData(typeof(TakesNumbersAtTheLoad), "The_next_number_is_told_and_not_taken")]
    [InlineData(typeof(TakesNumbersAtTheLoad), "What_is_refused_or_repeated_leaves_no_gap")]
    [InlineData(typeof(TakesNumbersAtTheLoad), "R02_commits_that_were_lost_or_whose_answers_were_leave_no_gap")]
    [InlineData(typeof(TakesNumbersOfConflicts), "A_conflict_takes_no_number")]
    [InlineData(typeof(BelievesEveryNumber), "A_number_that_is_not_the_next_is_a_conflict_and_nothing_is_written")]
    [InlineData(typeof(BelievesTheFirstNumber), "A_year_begins_with_one")]
    [InlineData(typeof(LeavesGapsInBatches), "A_batch_that_lost_a_number_or_a_row_to_somebody_else_is_decided_again")]
    [InlineData(typeof(LeavesGapsInBatches), "A_batch_of_which_one_is_known_is_left_out_whole")]
    [InlineData(typeof(SealsUnderDestroyedKeys), "Nothing_is_written_under_a_key_that_was_destroyed")]
    [InlineData(typeof(ForgetsWhoTakesPart), "The_keys_of_everybody_who_takes_part_are_loaded_with_the_complaint")]
    [InlineData(typeof(ForgetsWhoTakesPart), "A_claim_brings_the_keys_of_everybody_who_takes_part")]
    [InlineData(typeof(LooksAtOneKeyOnly), "Nothing_is_written_when_one_of_several_keys_was_destroyed")]
    [InlineData(typeof(TakesANumberForAPerson), "A_common_phone_number_brings_no_key")]
    [InlineData(typeof(FindsTheNewestFirst), "Who_shares_the_reference_comes_before_newer_ones_that_share_a_number")]
    [InlineData(typeof(KeepsLookupsOfTheErased), "The_hashes_of_an_erased_person_go_and_the_sources_stays")]
    [InlineData(typeof(KeepsLookupsOfTheErased), "The_lookups_of_an_erased_person_go_with_the_key")]
    [InlineData(typeof(KeepsLookupsOfTheErased), "Look_ups_are_made_anew_unless_the_person_was_erased")]
    [InlineData(typeof(ReplacesTheTenantsKey), "A_lost_tenant_key_is_not_replaced")]
    [InlineData(typeof(BringsDestroyedKeysBack), "A_key_that_was_destroyed_after_it_was_read_never_comes_back")]
    [InlineData(typeof(ReplacesWhatHasChanged), "Keys_that_are_what_was_read_are_replaced_and_others_are_left_alone")]
    [InlineData(typeof(BeginsAPageOfKeysWithTheLast), "Keys_of_all_tenants_are_listed_page_by_page_in_order")]
    [InlineData(typeof(PagesByOffset), "A_complaint_that_is_closed_between_two_pages_hides_no_other")]
    [InlineData(typeof(ForgetsMessagesOfAggregates), "A_new_aggregate_is_loaded_as_it_was_committed")]
    [InlineData(typeof(IgnoresVersionsOfAggregates), "A_stale_version_writes_nothing")]
    [InlineData(typeof(IgnoresKeysOfAggregates), "Nothing_is_written_under_a_key_that_is_gone")]
    [InlineData(typeof(CountsAggregatesAcrossYears), "Numbers_go_on_from_the_highest_of_the_year")]
    [InlineData(typeof(ListsAggregatesFromTheStart), "Lists_are_filtered_and_paged")]
    [InlineData(typeof(MovesEveryLook), "What_is_due_is_found_and_a_look_is_moved_only_where_nothing_has_moved_on")]
    [InlineData(typeof(ForgetsWhereTitlesStand), "A_title_opens_wherever_it_is_read")]
    public async Task Broken_store_fails_the_suite(Type fixture, string law) =>
        (await LawsOn.BrokenByAsync(fixture).ContainsAsync(law)).ShouldBeTrue($"{fixture.Name} does not break it");

    [Fact]
    public async Task Control_the_good_store_passes_it() =>
        (await LawsOn.BrokenByAsync(typeof(MemoryFixture)).ToListAsync()).ShouldBeEmpty();

    [Fact]
    public void The_suite_has_at_least_a_hundred_and_thirty_laws() =>
        Testing.Conformance.StoreCompliance<MemoryFixture>.Laws.Sum(laws => laws.GetMethods().Count(method => method.IsDefined(typeof(FactAttribute), inherit: false)))
            .ShouldBeGreaterThanOrEqualTo(130);
}
