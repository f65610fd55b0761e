//! What a browser calls: it writes a request into memory that it asks room for, calls, and reads the answer from there.
//!
//! Nothing here is unsafe by itself; but a function under a name that others choose has to be declared so, and this is the
//! only file in which that may be.
#![expect(unsafe_code, reason = "functions that a browser can call have names that the linker is not to change")]

use std::cell::RefCell;

use super::Runtime;

thread_local! {
    static RUNTIME: RefCell<Runtime> = RefCell::default();
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for a request of so many bytes; where it begins.
#[unsafe(no_mangle)]
pub extern "C" fn hallway_room(length: usize) -> *mut u8 {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.resize(length, 0);
        buffer.as_mut_ptr()
    })
}

/// Answers the request; how many bytes the answer has, from where [`hallway_answer`] says.
#[unsafe(no_mangle)]
pub extern "C" fn hallway_call() -> usize {
    BUFFER.with_borrow_mut(|buffer| {
        let request = String::from_utf8_lossy(buffer).into_owned();
        let answer = RUNTIME.with_borrow_mut(|runtime| runtime.call(&request));
        *buffer = answer.into_bytes();
        buffer.len()
    })
}

/// Opens the story whose bytes were written instead of a request, and answers.
#[unsafe(no_mangle)]
pub extern "C" fn hallway_open() -> usize {
    BUFFER.with_borrow_mut(|buffer| {
        let answer = RUNTIME.with_borrow_mut(|runtime| runtime.open(buffer));
        *buffer = answer.into_bytes();
        buffer.len()
    })
}

/// Where the answer begins.
#[unsafe(no_mangle)]
pub extern "C" fn hallway_answer() -> *const u8 {
    BUFFER.with_borrow(|buffer| buffer.as_ptr())
}
