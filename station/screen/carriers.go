package screen

import "packbench/station/pack"

// unknownNote names what the carrier of a van will not know.
func (in BenchInputs) unknownNote(q pack.Question) string {
	v := pack.Verdict{Code: pack.CodeCloseOut, Kind: pack.Asked, Reason: pack.ReasonStrangers}
	if len(q.Choices) > 0 && q.Choices[0].Command != nil && q.Choices[0].Command.Van != nil {
		van := q.Choices[0].Command.Van
		v.Carrier, v.Strangers = van.Carrier, van.Strangers
	}
	return in.Lang.Sentence(in.Lang.Verdict(v, in.Names).Fact)
}

// voidRule is the rule of the carrier of the label that an answer would void.
func voidRule(s pack.State) string {
	q := s.Question
	switch {
	case q.Code == pack.CodeReopened && len(q.Choices) > 0 && q.Choices[0].Command != nil && q.Choices[0].Command.Parcel != nil:
		return q.Choices[0].Command.Parcel.VoidRule
	case (q.Code == pack.CodeVoided || q.Code == pack.CodeService) && s.Work != nil && s.Work.Parcel.Label != nil:
		return s.Work.Parcel.Label.VoidRule
	}
	return ""
}

// boxPlace is for where the box of a parcel stands that has no label yet.
func boxPlace(in BenchInputs, w *pack.Work) []Action {
	if !w.Unlabelled() {
		return nil
	}
	return []Action{{ID: "do:place", Label: in.Lang.Phrase("Place of the box"), Enabled: true, Intent: Intent{Kind: IntentEdit, Name: EntryPlace, Value: w.Parcel.Wait.Place}}}
}
