//! Parameters at run time: by policy date and by the currency of the case.

use crate::bundle::{MoneyMeaning, ParamDoc, ParamPeriod, ParamValue};
use crate::rule::Bound;
use crate::value::{Currency, Date, Fact, FieldKind, Given, Kind, Money, Record, RecordKind, Trouble, Value, View};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The group of parameters that no rule reads: what work takes, by which a backtest counts hours.
pub(crate) const WORKLOAD: &str = "workload";

/// One parameter.
#[derive(Clone, Debug)]
pub(crate) struct Param {
    /// Its whole path: `params.goodwill.per_case_cap`.
    pub(crate) path: String,
    pub(crate) kind: Kind,
    pub(crate) periods: Vec<ParamPeriod>,
}

impl Param {
    /// Its values over time.
    pub(crate) fn periods(&self) -> &[ParamPeriod] {
        &self.periods
    }
}

/// A group of parameters.
#[derive(Clone, Debug)]
pub(crate) struct ParamGroup {
    pub(crate) kind: Arc<RecordKind>,
    members: Vec<Member>,
}

#[derive(Clone, Copy, Debug)]
enum Member {
    Param(usize),
    Group(usize),
}

/// All parameters of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params {
    pub(crate) list: Vec<Param>,
    pub(crate) groups: Vec<ParamGroup>,
    by_path: BTreeMap<String, usize>,
    groups_by_path: BTreeMap<String, usize>,
    /// For a parameter of the bundle that packs set anew: the pack, and the number of the parameter that stands in where it applies.
    replaced: BTreeMap<usize, (usize, usize)>,
}

impl Params {
    pub(crate) fn new(docs: &[ParamDoc]) -> Self {
        let mut params = Self::default();
        // A parameter without a value could not be read, which was reported.
        let docs: Vec<ParamDoc> = docs.iter().filter(|doc| !doc.periods.is_empty()).cloned().collect();
        for doc in &docs {
            let path = format!("params.{}", doc.path.join("."));
            params.by_path.insert(path.clone(), params.list.len());
            params.list.push(Param { path, kind: doc.kind.clone(), periods: doc.periods.clone() });
        }
        params.group("params", &docs.iter().collect::<Vec<_>>(), 0);
        params
    }

    /// Sets a parameter of the bundle anew where a pack applies.
    pub(crate) fn replace(&mut self, pack: usize, doc: &ParamDoc) {
        let path = format!("params.{}", doc.path.join("."));
        if let Some(own) = self.find(&path) {
            self.replaced.insert(own, (pack, self.list.len()));
            self.list.push(Param { path, kind: doc.kind.clone(), periods: doc.periods.clone() });
        }
    }

    /// The parameters that packs set anew, each with the number of its pack.
    pub(crate) fn set_anew(&self) -> impl Iterator<Item = (usize, &Param)> {
        self.replaced.values().filter_map(|(pack, stand_in)| Some((*pack, self.list.get(*stand_in)?)))
    }

    /// Does a pack set any parameter of the bundle anew?
    pub(crate) fn any_replaced(&self) -> bool {
        !self.replaced.is_empty()
    }

    /// Does a pack set this parameter of the bundle anew?
    pub(crate) fn is_replaced(&self, param: usize) -> bool {
        self.replaced.contains_key(&param)
    }

    /// The pack that sets this parameter of the bundle anew.
    pub(crate) fn replacing(&self, param: usize) -> Option<usize> {
        self.replaced.get(&param).map(|(pack, _)| *pack)
    }

    /// The parameter that stands for another, as packs apply.
    #[inline]
    pub(crate) fn standing(&self, param: usize, applies: impl Fn(usize) -> bool) -> usize {
        match self.replaced.get(&param) {
            Some((pack, instead)) if applies(*pack) => *instead,
            _ => param,
        }
    }

    /// Builds the group at a path out of all parameters below it, its inner groups first.
    fn group(&mut self, path: &str, docs: &[&ParamDoc], depth: usize) -> usize {
        let mut names: Vec<&str> = Vec::new();
        let mut below: BTreeMap<&str, Vec<&ParamDoc>> = BTreeMap::new();
        for doc in docs {
            let Some(name) = doc.path.get(depth) else { continue };
            below
                .entry(name)
                .or_insert_with(|| {
                    names.push(name);
                    Vec::new()
                })
                .push(doc);
        }
        let mut members: Vec<(Arc<str>, Member, Kind)> = Vec::new();
        for (name, docs) in names.into_iter().filter_map(|name| below.get_key_value(name)) {
            let inner = format!("{path}.{name}");
            let (member, kind) = match (self.by_path.get(&inner), docs.first()) {
                (Some(param), Some(doc)) => (Member::Param(*param), doc.kind.clone()),
                _ => {
                    let group = self.group(&inner, docs, depth + 1);
                    let kind = self.groups.get(group).map_or(Kind::Text, |group| Kind::Record(group.kind.clone()));
                    (Member::Group(group), kind)
                }
            };
            members.push(((*name).into(), member, kind));
        }
        let fields = members.iter().map(|(name, _, kind)| FieldKind {
            name: name.clone(),
            kind: kind.clone(),
            about: "",
            actionable: false,
            personal: false,
        });
        let kind = Arc::new(RecordKind { name: "group of parameters", fields: fields.collect() });
        let number = self.groups.len();
        self.groups_by_path.insert(path.to_owned(), number);
        let members = members.into_iter().map(|(_, member, _)| member).collect();
        self.groups.push(ParamGroup { kind, members });
        number
    }

    /// A value of a parameter, in one of its periods, to be changed.
    pub(crate) fn value_mut(&mut self, param: usize, period: usize) -> Option<&mut ParamValue> {
        self.list.get_mut(param)?.periods.get_mut(period).map(|period| &mut period.value)
    }

    /// The parameter of a whole path.
    pub(crate) fn find(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The group of a whole path.
    pub(crate) fn find_group(&self, path: &str) -> Option<usize> {
        self.groups_by_path.get(path).copied()
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|param| param.path.as_str())
    }

    /// The value of a parameter on a day, for a case in a currency.
    pub(crate) fn value(&self, param: usize, date: Date, currency: Option<Currency>) -> Result<Value, Trouble> {
        let given = self.give(param, date, currency).and_then(Given::into_value);
        given.ok_or_else(|| Trouble::Text(self.lack(param, date, currency)))
    }

    /// Why a parameter has no value on a day, for a case in a currency.
    fn lack(&self, param: usize, date: Date, currency: Option<Currency>) -> String {
        let Some(found) = self.list.get(param) else { return "no such parameter".to_owned() };
        let path = &found.path;
        match (self.in_force(param, date), currency) {
            (None, _) => format!("`{path}` has no value on {date}"),
            (Some(ParamValue::ByCurrency(_)), Some(currency)) => format!("`{path}` has no amount in {currency}"),
            (Some(ParamValue::ByCurrency(_)), None) => format!("`{path}` is money by currency, and the case names no currency"),
            (Some(_), _) => format!("`{path}` is in the currency of the case, which has none"),
        }
    }

    /// What a parameter says from when to when.
    pub(crate) fn periods(&self, param: usize) -> &[ParamPeriod] {
        self.list.get(param).map_or(&[], |found| &found.periods)
    }

    /// The members of a group: the parameter or group of each, by its name.
    pub(crate) fn members(&self, group: usize) -> impl Iterator<Item = (&str, Result<usize, usize>)> {
        let found = self.groups.get(group);
        found.into_iter().flat_map(|group| {
            group.kind.fields.iter().zip(&group.members).map(|(field, member)| match member {
                Member::Param(param) => (&*field.name, Ok(*param)),
                Member::Group(inner) => (&*field.name, Err(*inner)),
            })
        })
    }

    fn in_force(&self, param: usize, date: Date) -> Option<&ParamValue> {
        let holds = |period: &&ParamPeriod| date.is_within(period.from, period.until);
        self.list.get(param)?.periods.iter().find(holds).map(|period| &period.value)
    }

    /// The value of a parameter on a day, for a case in a currency, borrowed; nothing where it has none.
    #[inline]
    pub(crate) fn give(&self, param: usize, date: Date, currency: Option<Currency>) -> Option<Given<'_>> {
        let in_case = |amount| currency.map(|currency| View::Money(Money::new(amount, currency)).into());
        match self.in_force(param, date)? {
            ParamValue::Plain(value) => Some(Given::Known(value.into())),
            ParamValue::CaseMoney(amount) => in_case(*amount),
            ParamValue::ByCurrency(amounts) => in_case(*currency.and_then(|currency| amounts.get(&currency))?),
        }
    }

    /// A member of a group by its name; `None` where the group has no such member.
    pub(crate) fn give_member(
        &self,
        group: usize,
        name: &str,
        (date, currency): (Date, Option<Currency>),
        applies: impl Fn(usize) -> bool,
    ) -> Option<Given<'_>> {
        let group = self.groups.get(group)?;
        match group.members.get(group.kind.position(name)?)? {
            Member::Param(param) => Some(self.give(self.standing(*param, applies), date, currency).unwrap_or(Given::Missing)),
            Member::Group(_) => None,
        }
    }

    /// What a bound of a cell is, if it is the same on every day and for every case: a parameter that never changes, or an amount
    /// in the currency of the bundle. `param` tells which parameter a slot is.
    pub(crate) fn constant_bound(
        &self,
        bound: &Bound,
        param: impl Fn(usize) -> Option<usize>,
        money: MoneyMeaning,
    ) -> Option<Bound> {
        match (bound, money) {
            (Bound::Param { slot, .. }, _) => match self.lasting(param(*slot)?)? {
                ParamValue::Plain(value) => Some(Bound::Value(value.clone())),
                // Here a bare amount is in the currency of the case as well.
                ParamValue::CaseMoney(amount) if money == MoneyMeaning::OfCase => Some(Bound::Amount(*amount)),
                ParamValue::CaseMoney(_) | ParamValue::ByCurrency(_) => None,
            },
            (Bound::Amount(amount), MoneyMeaning::In(currency)) => Some(Bound::Value(Money::new(*amount, currency).into())),
            (Bound::Amount(_), MoneyMeaning::OfCase) | (Bound::Value(_), _) => None,
        }
    }

    /// The only value of a parameter, if it is the same on every day and for every case.
    pub(crate) fn constant(&self, param: usize) -> Option<&Value> {
        match self.lasting(param)? {
            ParamValue::Plain(value) => Some(value),
            ParamValue::CaseMoney(_) | ParamValue::ByCurrency(_) => None,
        }
    }

    /// The days on which a parameter begins to say something else.
    pub(crate) fn turns(&self, param: usize) -> impl Iterator<Item = Date> {
        let periods = self.list.get(param).into_iter().flat_map(|param| &param.periods);
        periods.flat_map(|period| [period.from, period.until.and_then(|until| until.plus_days(1).ok())]).flatten()
    }

    /// The currencies in which a parameter has an amount in every period in which it is told by currency; none where it never is.
    pub(crate) fn currencies(&self, param: usize) -> Option<BTreeSet<Currency>> {
        let periods = self.list.get(param).into_iter().flat_map(|param| &param.periods);
        let named = periods.filter_map(|period| match &period.value {
            ParamValue::ByCurrency(amounts) => Some(amounts.keys().copied().collect::<BTreeSet<Currency>>()),
            ParamValue::Plain(_) | ParamValue::CaseMoney(_) => None,
        });
        named.reduce(|all, each| &all & &each)
    }

    /// What a parameter says on every day.
    fn lasting(&self, param: usize) -> Option<&ParamValue> {
        if self.replaced.contains_key(&param) {
            return None;
        }
        match self.list.get(param)?.periods.as_slice() {
            [ParamPeriod { from: None, until: None, value }] => Some(value),
            _ => None,
        }
    }

    /// A group as a record; a member without a value for this case is missing in it.
    pub(crate) fn group_value(
        &self,
        group: usize,
        (date, currency): (Date, Option<Currency>),
        applies: &dyn Fn(usize) -> bool,
    ) -> Option<Record> {
        let group = self.groups.get(group)?;
        let values = group.members.iter().map(|member| match member {
            Member::Param(param) => self.value(self.standing(*param, applies), date, currency).map_or(Fact::Missing, Fact::Known),
            Member::Group(inner) => self
                .group_value(*inner, (date, currency), applies)
                .map_or(Fact::Missing, |record| Fact::Known(Value::Record(record))),
        });
        Some(Record::new(group.kind.clone(), values.collect()))
    }
}
