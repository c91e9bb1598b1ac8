//! What license types are called. Absent on purpose: which there are.

/// Names by key; a type without one is called by its key.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypeNames<'a>(pub &'a [(&'a str, &'a str)]);

impl<'a> TypeNames<'a> {
    /// The name of the type.
    pub fn of<'b>(self, key: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.0.iter().find(|(known, _)| *known == key).map_or(key, |(_, name)| name)
    }
}
